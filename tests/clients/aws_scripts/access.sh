# People, roles, policies and grants.
aws sts get-caller-identity
aws sts get-caller-identity --output text
aws sts get-caller-identity --output table
aws sts get-caller-identity --output yaml
aws sts get-caller-identity --query Account --output text
aws iam create-user --user-name alice
aws iam create-user --user-name alice
aws iam create-user --user-name bob --tags Key=team,Value=red --path /staff/
aws iam create-user --user-name 'no spaces'
aws iam create-user
aws iam get-user --user-name alice
aws iam get-user --user-name alice --output text
aws iam get-user --user-name alice --output table
aws iam get-user --user-name alice --output yaml
aws iam get-user --user-name carol
aws iam list-users
aws iam list-users --output text
aws iam list-users --output table
aws iam list-users --output yaml
aws iam list-users --query 'Users[].UserName' --output text
aws iam list-users --path-prefix /staff/ --query 'Users[].Arn'
aws iam list-users --max-items 1 --query 'Users[].UserName'
KEYS=$(aws iam create-access-key --user-name alice --query 'AccessKey.[AccessKeyId,SecretAccessKey]' --output text)
ID=$(echo $KEYS | cut -d' ' -f1); aws configure set aws_access_key_id $ID --profile alice
SECRET=$(echo $KEYS | cut -d' ' -f2); aws configure set aws_secret_access_key $SECRET --profile alice
aws configure set region us-east-1 --profile alice
aws configure get region --profile alice
aws configure get nothing
aws iam list-access-keys --user-name alice --query 'AccessKeyMetadata[].[AccessKeyId,Status]' --output text
aws sts get-caller-identity --profile alice
aws sts get-caller-identity --profile alice --query Arn --output text
AWS_PROFILE=alice aws sts get-caller-identity --query Arn --output text
export AWS_PROFILE=alice; aws sts get-caller-identity --query Arn --output text; unset AWS_PROFILE
AWS_ACCESS_KEY_ID=$ID AWS_SECRET_ACCESS_KEY=$SECRET aws sts get-caller-identity --query Arn --output text
aws sts get-caller-identity --profile nobody
AWS_PROFILE=nobody aws kms list-keys

# What alice may.
KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms list-keys --profile alice
aws kms describe-key --key-id $KEY --profile alice
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --profile alice
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --profile alice --dry-run
aws iam put-user-policy --user-name alice --policy-name look --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:List*","kms:DescribeKey"],"Resource":"*"}]}'
aws iam put-user-policy --user-name alice --policy-name broken --policy-document '{"Version":"2012-10-17","Statement":['
aws iam put-user-policy --user-name carol --policy-name look --policy-document '{"Version":"2012-10-17","Statement":[]}'
aws iam get-user-policy --user-name alice --policy-name look
aws iam get-user-policy --user-name alice --policy-name look --output text
aws iam get-user-policy --user-name alice --policy-name look --output yaml
aws iam get-user-policy --user-name alice --policy-name look --output table
aws iam get-user-policy --user-name alice --policy-name other
aws iam list-user-policies --user-name alice
aws iam list-user-policies --user-name alice --output text
aws kms list-keys --profile alice --query 'length(Keys)'
aws kms describe-key --key-id $KEY --profile alice --query KeyMetadata.KeyState --output text
aws kms decrypt --ciphertext-blob AAAA --profile alice
aws kms get-key-policy --key-id $KEY --policy-name default
aws kms get-key-policy --key-id $KEY --output text
aws kms get-key-policy --key-id $KEY --output yaml
aws kms get-key-policy --key-id $KEY --output table
aws kms get-key-policy --key-id $KEY --policy-name other
aws kms list-key-policies --key-id $KEY
aws kms list-key-policies --key-id $KEY --output text
aws kms list-key-policies --key-id $KEY --output table
cat > policy.json <<< '{"Version":"2012-10-17","Statement":[{"Sid":"Owner","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"},{"Sid":"Alice","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/alice"},"Action":"kms:Encrypt","Resource":"*"}]}'
aws kms put-key-policy --key-id $KEY --policy-name default --policy file://policy.json
aws kms get-key-policy --key-id $KEY --query Policy --output text
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --profile alice --query CiphertextBlob --output text | base64 -d > sealed.bin
aws kms decrypt --ciphertext-blob fileb://sealed.bin --profile alice
aws kms put-key-policy --key-id $KEY --policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/alice"},"Action":"kms:Encrypt","Resource":"*"}]}'
aws kms put-key-policy --key-id $KEY --policy 'no policy'
aws kms put-key-policy --key-id $KEY --policy-name other --policy file://policy.json
aws kms put-key-policy --key-id $KEY --policy file://nope.json
aws kms put-key-policy --key-id $KEY

# Grants.
aws kms create-grant --key-id $KEY --grantee-principal arn:aws:iam::111122223333:user/alice --operations Decrypt GenerateDataKey --constraints EncryptionContextSubset={purpose=test} --name mine
GRANT=$(aws kms list-grants --key-id $KEY --query 'Grants[0].GrantId' --output text); echo $GRANT
aws kms list-grants --key-id $KEY
aws kms list-grants --key-id $KEY --output text
aws kms list-grants --key-id $KEY --output table
aws kms list-grants --key-id $KEY --output yaml
aws kms list-grants --key-id $KEY --grant-id $GRANT --query 'Grants[].Name'
aws kms generate-data-key --key-id $KEY --key-spec AES_256 --encryption-context purpose=test --profile alice --query KeyId --output text
aws kms generate-data-key --key-id $KEY --key-spec AES_256 --encryption-context purpose=work --profile alice
aws kms create-grant --key-id $KEY --grantee-principal arn:aws:iam::111122223333:user/alice --operations Fly
aws kms create-grant --key-id $KEY --grantee-principal arn:aws:iam::111122223333:user/nobody --operations Decrypt
aws kms create-grant --key-id $KEY --operations Decrypt
aws kms create-grant --key-id alias/nope --grantee-principal arn:aws:iam::111122223333:user/alice --operations Decrypt
aws kms create-grant --key-id $KEY --grantee-principal arn:aws:iam::111122223333:user/alice --operations Decrypt --dry-run
TOKEN=$(aws kms create-grant --key-id $KEY --grantee-principal arn:aws:iam::111122223333:user/alice --retiring-principal arn:aws:iam::111122223333:user/alice --operations Decrypt --query GrantToken --output text)
aws kms decrypt --ciphertext-blob fileb://sealed.bin --grant-tokens $TOKEN --profile alice --query Plaintext
aws kms list-retirable-grants --retiring-principal arn:aws:iam::111122223333:user/alice --query 'Grants[].[Operations,RetiringPrincipal]'
aws kms list-retirable-grants --retiring-principal arn:aws:iam::111122223333:user/alice --output text
aws kms list-retirable-grants --retiring-principal nobody
aws kms retire-grant --grant-token $TOKEN --profile alice
aws kms retire-grant --grant-token garbage
aws kms retire-grant
aws kms revoke-grant --key-id $KEY --grant-id $GRANT --dry-run
aws kms revoke-grant --key-id $KEY --grant-id $GRANT
aws kms revoke-grant --key-id $KEY --grant-id $GRANT
aws kms list-grants --key-id $KEY
aws kms list-grants --key-id $KEY --output text
aws kms list-grants --key-id $KEY --output yaml
aws kms list-grants --key-id $KEY --output table

# Roles.
aws iam create-role --role-name app --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/alice"},"Action":"sts:AssumeRole"}]}'
aws iam create-role --role-name app --assume-role-policy-document '{"Version":"2012-10-17","Statement":[]}'
aws iam create-role --role-name broken --assume-role-policy-document nothing
aws iam get-role --role-name app
aws iam get-role --role-name app --output text
aws iam get-role --role-name app --output yaml
aws iam get-role --role-name app --output table
aws iam list-roles --query 'Roles[].Arn'
aws iam list-roles --output text
aws iam put-role-policy --role-name app --policy-name use --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}'
aws iam list-role-policies --role-name app
aws iam get-role-policy --role-name app --policy-name use --query PolicyDocument.Statement[0].Action
aws iam get-role-policy --role-name app --policy-name nope
aws iam update-assume-role-policy --role-name app --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111122223333:user/alice","arn:aws:iam::111122223333:user/bob"]},"Action":"sts:AssumeRole"}]}'
aws iam put-user-policy --user-name alice --policy-name assume --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}'
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --role-session-name one --profile alice
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --role-session-name one --profile alice --query AssumedRoleUser --output text
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --role-session-name one --profile alice --query AssumedRoleUser --output yaml
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --role-session-name one
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/nope --role-session-name one --profile alice
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --role-session-name one --duration-seconds 60 --profile alice
aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --profile alice
CREDENTIALS=$(aws sts assume-role --role-arn arn:aws:iam::111122223333:role/app --role-session-name two --profile alice --query Credentials.[AccessKeyId,SecretAccessKey,SessionToken] --output text)
aws configure set aws_access_key_id $(echo $CREDENTIALS | cut -d' ' -f1) --profile app && aws configure set aws_secret_access_key $(echo $CREDENTIALS | cut -d' ' -f2) --profile app && aws configure set aws_session_token $(echo $CREDENTIALS | cut -d' ' -f3) --profile app
aws sts get-caller-identity --profile app --region us-east-1
aws kms decrypt --ciphertext-blob fileb://sealed.bin --profile app --region us-east-1 --query Plaintext
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --profile app --region us-east-1
aws kms list-keys --profile app
aws configure set role_arn arn:aws:iam::111122223333:role/app --profile via && aws configure set source_profile alice --profile via && aws configure set role_session_name three --profile via && aws configure set region us-east-1 --profile via
aws sts get-caller-identity --profile via
aws kms decrypt --ciphertext-blob fileb://sealed.bin --profile via --query Plaintext --output text | base64 -d; echo
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --profile via
aws configure set source_profile nobody --profile via; aws sts get-caller-identity --profile via
aws configure set source_profile default --profile via; aws configure set role_session_name four --profile via; aws sts get-caller-identity --profile via

# Another account.
aws configure set aws_access_key_id 444455556666 --profile other
aws configure set aws_secret_access_key 444455556666 --profile other
aws configure set default.output text; aws sts get-caller-identity; aws configure set output json
aws configure set region us-east-1 --profile other; aws configure set output table --profile other
aws sts get-caller-identity --profile other
aws kms list-keys --profile other
aws kms describe-key --key-id arn:aws:kms:us-east-1:111122223333:key/$KEY --profile other
aws kms encrypt --key-id arn:aws:kms:us-east-1:111122223333:key/$KEY --plaintext aGVsbG8= --profile other --output json

# And back to nothing.
aws iam delete-user --user-name alice
aws iam delete-access-key --user-name alice --access-key-id $ID
aws iam delete-user-policy --user-name alice --policy-name look && aws iam delete-user-policy --user-name alice --policy-name assume
aws iam delete-user-policy --user-name alice --policy-name look
aws iam delete-user --user-name alice
aws iam delete-user --user-name alice
aws iam delete-role-policy --role-name app --policy-name use
aws iam delete-role --role-name app
aws iam delete-role --role-name app
aws iam list-roles
aws iam list-roles --output text
aws iam list-roles --output yaml
aws iam list-users --query 'Users[].UserName' --output table
