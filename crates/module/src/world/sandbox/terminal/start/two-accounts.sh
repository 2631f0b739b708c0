# The company's account: an administrator of keys, somebody who may look, and the role of an application.
aws iam create-user --user-name ana
aws iam put-user-policy --user-name ana --policy-name administers-keys --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:*","sts:AssumeRole"],"Resource":"*"}]}'
aws iam create-user --user-name ben
aws iam put-user-policy --user-name ben --policy-name looks-at-keys --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:Describe*","kms:Get*","kms:List*"],"Resource":"*"}]}'
aws iam create-role --role-name orders-app --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/ana"},"Action":"sts:AssumeRole"}]}'

# The key of the application. Its policy lets the company's account decide, and the partner's account decrypt.
key=$(aws kms create-key --description 'Protects orders' --query KeyMetadata.Arn --output text)
aws kms create-alias --alias-name alias/orders --target-key-id $key
aws kms put-key-policy --key-id $key --policy '{"Version":"2012-10-17","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},{"Sid":"Let the partner decrypt","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":["kms:Decrypt","kms:DescribeKey"],"Resource":"*"}]}'
aws iam put-role-policy --role-name orders-app --policy-name uses-orders --policy-document "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\",\"kms:GenerateDataKey*\",\"kms:DescribeKey\"],\"Resource\":\"$key\"}]}"

# The partner's account, and who works there.
aws configure set principal arn:aws:iam::444455556666:root --profile partner
aws configure set region us-east-1 --profile partner
aws iam create-user --user-name carla --profile partner
aws iam put-user-policy --user-name carla --policy-name reads-orders --profile partner --policy-document "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\",\"kms:DescribeKey\"],\"Resource\":\"$key\"}]}"

# Whom the terminal can be.
aws configure set principal arn:aws:iam::111122223333:user/ana --profile ana
aws configure set region us-east-1 --profile ana
aws configure set principal arn:aws:iam::111122223333:user/ben --profile ben
aws configure set region us-east-1 --profile ben
aws configure set role_arn arn:aws:iam::111122223333:role/orders-app --profile orders-app
aws configure set source_profile ana --profile orders-app
aws configure set region us-east-1 --profile orders-app
aws configure set principal arn:aws:iam::444455556666:user/carla --profile carla
aws configure set region us-east-1 --profile carla
unset key
