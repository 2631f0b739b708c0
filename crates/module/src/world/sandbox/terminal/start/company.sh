# A shop's account. Ana looks after its keys; the web shop and the payroll each run under a role of their own.
aws iam create-user --user-name ana
aws iam put-user-policy --user-name ana --policy-name looks-after-keys --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:*","sts:AssumeRole","s3:List*","ec2:Describe*","secretsmanager:List*","secretsmanager:DescribeSecret"],"Resource":"*"}]}'
aws iam create-role --role-name web-shop --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/ana"},"Action":"sts:AssumeRole"}]}'
aws iam create-role --role-name payroll --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/ana"},"Action":"sts:AssumeRole"}]}'
aws configure set principal arn:aws:iam::111122223333:user/ana --profile ana
aws configure set region us-east-1 --profile ana
aws configure set role_arn arn:aws:iam::111122223333:role/web-shop --profile web-shop
aws configure set source_profile ana --profile web-shop
aws configure set region us-east-1 --profile web-shop
aws configure set role_arn arn:aws:iam::111122223333:role/payroll --profile payroll
aws configure set source_profile ana --profile payroll
aws configure set region us-east-1 --profile payroll

# Its keys, made over the years: one for orders, one for disks, and one of which nobody remembers what it is for.
orders=$(aws kms create-key --description 'Orders of the web shop' --query KeyMetadata.Arn --output text)
aws kms create-alias --alias-name alias/orders --target-key-id $orders
disks=$(aws kms create-key --description 'Disks of the servers' --query KeyMetadata.Arn --output text)
aws kms create-alias --alias-name alias/disks --target-key-id $disks
old=$(aws kms create-key --description 'From before the move' --query KeyMetadata.Arn --output text)
aws kms create-alias --alias-name alias/old-2019 --target-key-id $old
aws iam put-role-policy --role-name web-shop --policy-name keeps-orders --policy-document "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:PutObject\",\"s3:GetObject\"],\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":[\"kms:GenerateDataKey\",\"kms:Decrypt\"],\"Resource\":\"$orders\"}]}"
aws iam put-role-policy --role-name payroll --policy-name pays --policy-document "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"$old\"}]}"

# What they protect: two buckets, a volume, a secret.
aws s3 mb s3://shop-orders
aws s3api put-bucket-encryption --bucket shop-orders --server-side-encryption-configuration "{\"Rules\":[{\"ApplyServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"aws:kms\",\"KMSMasterKeyID\":\"$orders\"},\"BucketKeyEnabled\":true}]}"
aws s3 mb s3://shop-pictures
aws ec2 create-volume --availability-zone us-east-1a --size 8 --encrypted --kms-key-id $disks --query VolumeId --output text > volume
aws ec2 attach-volume --volume-id $(cat volume) --instance-id i-0123456789abcdef0 --device /dev/sdf > /dev/null
aws secretsmanager create-secret --name payroll/bank --kms-key-id $old --secret-string 'a password of the bank' > /dev/null

# The end of a month: the payroll runs, and then not for 28 days. The web shop works every day.
aws secretsmanager get-secret-value --secret-id payroll/bank --profile payroll > /dev/null
@wait 28 days
echo '{"order":1001,"item":"paper"}' > order-1001.json
aws s3 cp order-1001.json s3://shop-orders/ --profile web-shop
aws s3 cp s3://shop-orders/order-1001.json - --profile web-shop
echo 'a picture of paper' > paper.txt
aws s3 cp paper.txt s3://shop-pictures/
unset orders disks old
