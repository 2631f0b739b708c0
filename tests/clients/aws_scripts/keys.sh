# A key's life: made, described, found, named, labelled, held back and given up.
KEY=$(aws kms create-key --description 'first key' --query KeyMetadata.KeyId --output text); echo $KEY
aws kms describe-key --key-id $KEY
aws kms describe-key --key-id $KEY --output text
aws kms describe-key --key-id $KEY --output table
aws kms describe-key --key-id $KEY --output yaml
aws kms describe-key --key-id $KEY --query KeyMetadata.Arn --output text
ARN=$(aws kms describe-key --key-id $KEY --query KeyMetadata.Arn --output text)
aws kms describe-key --key-id "$ARN" --query 'KeyMetadata.[KeyId,Enabled,KeyState]'
aws kms describe-key --key-id "$ARN" --query 'KeyMetadata.[KeyId,Enabled,KeyState]' --output text
aws kms describe-key --key-id "$ARN" --query 'KeyMetadata.[KeyId,Enabled,KeyState]' --output table
aws kms describe-key --key-id "$ARN" --query 'KeyMetadata.[KeyId,Enabled,KeyState]' --output yaml
aws kms describe-key --key-id nope
aws kms describe-key --key-id 1234abcd-12ab-34cd-56ef-1234567890ab
aws kms describe-key --key-id arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
aws kms describe-key --key-id arn:aws:kms:eu-west-1:111122223333:key/$KEY
aws kms describe-key --key-id alias/nope
aws kms describe-key --key-id ''
aws kms describe-key
aws kms list-keys
aws kms list-keys --output text
aws kms list-keys --output table
aws kms list-keys --output yaml
aws kms list-keys --query 'Keys[].KeyArn' --output text
aws kms list-keys --query 'length(Keys)'

# Aliases.
aws kms create-alias --alias-name alias/demo --target-key-id $KEY
aws kms create-alias --alias-name alias/demo --target-key-id $KEY
aws kms create-alias --alias-name demo --target-key-id $KEY
aws kms create-alias --alias-name alias/aws/demo --target-key-id $KEY
aws kms create-alias --alias-name 'alias/de mo' --target-key-id $KEY
aws kms create-alias --alias-name alias/other --target-key-id nope
aws kms create-alias --alias-name alias/other --target-key-id alias/demo
aws kms create-alias --alias-name alias/
aws kms create-alias --alias-name alias/another --target-key-id "$ARN"
aws kms list-aliases
aws kms list-aliases --output text
aws kms list-aliases --output table
aws kms list-aliases --output yaml
aws kms list-aliases --query "Aliases[?AliasName=='alias/demo']"
aws kms list-aliases --query 'Aliases[?AliasName==`alias/demo`].TargetKeyId' --output text
aws kms list-aliases --query 'Aliases[?AliasName==`alias/demo`].TargetKeyId | [0]'
aws kms list-aliases --query 'Aliases[].{Name: AliasName, Key: TargetKeyId}' --output table
aws kms list-aliases --key-id $KEY --query 'sort(Aliases[].AliasName)'
aws kms list-aliases --key-id nope
aws kms list-aliases --max-items 1 --query 'Aliases[].AliasName'
aws kms list-aliases --max-items 1 --output yaml
aws kms list-aliases --page-size 1 --query 'Aliases[].AliasName' --output text
aws kms list-aliases --no-paginate --limit 1 --query '[Truncated, Aliases[].AliasName]'
aws kms list-aliases --limit 0
aws kms list-aliases --limit 101
aws kms list-aliases --starting-token garbage
aws kms list-aliases --marker garbage
aws kms describe-key --key-id alias/demo --query KeyMetadata.KeyId --output text
aws kms describe-key --key-id arn:aws:kms:us-east-1:111122223333:alias/demo --query KeyMetadata.KeyId --output text
OTHER=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms update-alias --alias-name alias/demo --target-key-id $OTHER
aws kms update-alias --alias-name alias/nope --target-key-id $OTHER
aws kms describe-key --key-id alias/demo --query KeyMetadata.KeyId --output text
aws kms delete-alias --alias-name alias/another
aws kms delete-alias --alias-name alias/another
aws kms list-aliases --query 'Aliases[].AliasName' --output yaml

# Words about a key.
aws kms update-key-description --key-id $KEY --description 'another description, with "quotes" and ünïcödé'
aws kms describe-key --key-id $KEY --query KeyMetadata.Description
aws kms describe-key --key-id $KEY --query KeyMetadata.Description --output text
aws kms describe-key --key-id $KEY --query KeyMetadata.Description --output yaml
aws kms describe-key --key-id $KEY --query 'KeyMetadata.{D: Description}' --output table
aws kms update-key-description --key-id alias/demo --description x
aws kms update-key-description --key-id $KEY --description ''
aws kms describe-key --key-id $KEY --query KeyMetadata.Description
aws kms tag-resource --key-id $KEY --tags TagKey=Purpose,TagValue=Test 'TagKey=Cost Center,TagValue=87'
aws kms tag-resource --key-id $KEY --tags '[{"TagKey":"Owner","TagValue":"ann, bob"}]'
aws kms list-resource-tags --key-id $KEY
aws kms list-resource-tags --key-id $KEY --output text
aws kms list-resource-tags --key-id $KEY --output table
aws kms list-resource-tags --key-id $KEY --output yaml
aws kms list-resource-tags --key-id $KEY --max-items 2 --query 'Tags[].TagKey'
aws kms list-resource-tags --key-id $KEY --query 'Tags[?TagKey==`Owner`].TagValue | [0]' --output text
aws kms tag-resource --key-id $KEY --tags TagKey=aws:x,TagValue=y
aws kms tag-resource --key-id $KEY --tags TagKey=a,TagValue=y TagKey=a,TagValue=z
aws kms tag-resource --key-id $KEY --tags TagKey=a
aws kms tag-resource --key-id $KEY --tags Key=a,Value=b
aws kms untag-resource --key-id $KEY --tag-keys Purpose 'Cost Center'
aws kms untag-resource --key-id $KEY --tag-keys never-there
aws kms list-resource-tags --key-id $KEY --query Tags --output text
aws kms list-resource-tags --key-id alias/demo
aws kms create-key --tags TagKey=a,TagValue=b --query 'KeyMetadata.KeyState'

# Disabled, and waiting for its end.
aws kms disable-key --key-id $KEY
aws kms describe-key --key-id $KEY --query KeyMetadata.[KeyState,Enabled] --output text
aws kms encrypt --key-id $KEY --plaintext aGVsbG8=
aws kms disable-key --key-id $KEY
aws kms enable-key --key-id $KEY
aws kms describe-key --key-id $KEY --query KeyMetadata.Enabled
aws kms disable-key --key-id alias/demo
aws kms enable-key --key-id 1234abcd-12ab-34cd-56ef-1234567890ab
aws kms schedule-key-deletion --key-id $KEY --pending-window-in-days 7
aws kms schedule-key-deletion --key-id $KEY
aws kms schedule-key-deletion --key-id $OTHER --pending-window-in-days 6
aws kms schedule-key-deletion --key-id $OTHER --pending-window-in-days 0
aws kms describe-key --key-id $KEY --query 'KeyMetadata.[KeyState,DeletionDate]' --output text
aws kms enable-key --key-id $KEY
aws kms encrypt --key-id $KEY --plaintext aGVsbG8=
aws kms update-key-description --key-id $KEY --description late
aws kms cancel-key-deletion --key-id $KEY
aws kms cancel-key-deletion --key-id $KEY
aws kms describe-key --key-id $KEY --query KeyMetadata.[KeyState,Enabled] --output text
aws kms schedule-key-deletion --key-id $KEY --pending-window-in-days 30 --output text
@clock 2678400
aws kms describe-key --key-id $KEY
aws kms list-keys --query "contains(Keys[].KeyId, '$KEY')"
