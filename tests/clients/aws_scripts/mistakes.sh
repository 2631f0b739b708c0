# Commands that are not put together rightly, and what can be asked of the command line alone.
aws
aws kms
aws nothing
aws kms rencrypt
aws kms encryptt
aws kms list
aws kms list-keys extra
aws kms list-keys --bogus
aws kms list-keys --bogus 1 --other
aws kms list-keys --output
aws kms list-keys --output xml
aws kms list-keys --output jsonn
aws kms list-keys --query
aws kms list-keys --query '['
aws kms list-keys --query 'Keys[?'
aws kms list-keys --query 'Keys['
aws kms list-keys --query 'nope(@)'
aws kms list-keys --query 'length()'
aws kms list-keys --query 'length(`1`)'
aws kms list-keys --query 'sum(Keys)'
aws kms list-keys --query ''
aws kms list-keys --query '@'
aws kms list-keys --query 'Keys | [0]'
aws kms list-keys --query 'Keys[0]' --output text
aws kms list-keys --query 'Keys[0]' --output yaml
aws kms list-keys --query 'Keys[0]' --output table
aws kms list-keys --region
aws kms list-keys --limit abc
aws kms list-keys --limit 1001
aws kms list-keys --page-size x
aws kms list-keys --max-items x
aws kms list-keys --starting-token x
aws kms list-keys --no-paginate --max-items 1
aws kms list-keys
aws kms list-keys --output text
aws kms list-keys --output table
aws kms list-keys --output yaml
aws kms list-keys --output off
aws kms create-alias --generate-cli-skeleton
aws kms tag-resource --generate-cli-skeleton input
aws kms get-key-policy --generate-cli-skeleton input
aws kms encrypt --generate-cli-skeleton output
aws kms encrypt --generate-cli-skeleton nothing
aws kms schedule-key-deletion --generate-cli-skeleton
aws kms create-key --cli-input-json '{"Description": "from JSON"}' --query KeyMetadata.Description
aws kms create-key --cli-input-json '{"Description": "from JSON"}' --description 'from an option' --query KeyMetadata.Description
echo '{"Description": "from a file", "Tags": [{"TagKey": "a", "TagValue": "b"}]}' > input.json
aws kms create-key --cli-input-json file://input.json --query KeyMetadata.Description --output text
aws kms create-key --cli-input-json '{"Description"'
aws kms create-key --cli-input-json '{"Description": 5}'
aws kms create-key --cli-input-json '{"Nothing": "d"}'
aws kms create-key --cli-input-json '[]'
aws kms create-key --cli-input-json file://nope.json
aws kms create-key --cli-input-yaml 'Description: from YAML' --query KeyMetadata.Description
cat > input.yaml <<'END'
# A key.
Description: |
  two lines,
    one of them further in

  and a third
Tags:
- TagKey: "quoted \u00fc"
  TagValue: 'it''s'
- {TagKey: flow, TagValue: "a: b"}
-
  TagKey: folded
  TagValue: >-
    one line
    of two
- TagKey: plain   # with a comment
  TagValue: goes on
    below
MultiRegion: false
END
KEY=$(aws kms create-key --cli-input-yaml file://input.yaml --query KeyMetadata.KeyId --output text)
aws kms describe-key --key-id $KEY --query KeyMetadata.Description
aws kms describe-key --key-id $KEY --query KeyMetadata.Description --output yaml
aws kms list-resource-tags --key-id $KEY --query 'Tags[].[TagKey,TagValue]'
aws kms create-key --cli-input-yaml '{Description: in a flow, MultiRegion: false}' --query KeyMetadata.Description
aws kms create-key --cli-input-yaml "$(printf 'Policy: >\n  {\n  }\nDescription: x')"
aws kms create-key --cli-input-yaml 'Description: 5'
aws kms create-key --tags TagKey
aws kms create-key --tags TagKey=a,TagKey=b
aws kms create-key --tags '[{"TagKey"'
aws kms create-key --tags Tag=a
aws kms create-key --tags TagKey=a,TagValue=b TagKey=a,TagValue=c
aws kms create-key --tags 'TagKey="a b",TagValue=c' --query KeyMetadata.KeyUsage
aws kms create-key --description
aws kms create-key --descr short --query KeyMetadata.Description
aws kms create-key --description=--joined --query KeyMetadata.Description
aws kms create-key --description -5 --query KeyMetadata.Description
aws kms create-key --policy 'no policy'
aws kms create-key --policy '{}'
aws kms create-key --key-spec SYMMETRIC_DEFAULT --key-usage ENCRYPT_DECRYPT --origin AWS_KMS --no-multi-region --bypass-policy-lockout-safety-check --query KeyMetadata.MultiRegion
aws kms create-key --multi-region=true
aws kms create-key --key-s RSA_2048
aws kms create-key --key AES
aws kms get-key-policy --key-id 'a b'
aws kms get-key-policy --key-id $(printf 'x%02048d' 0)
aws kms delete-alias --alias-name x
aws kms delete-alias --alias-name alias/x
aws --output text kms list-keys
aws --region eu-west-1 kms list-keys --output text
aws kms --region eu-west-1 list-keys --output text
aws kms list-keys --color on --output text
aws kms list-keys --no-cli-pager --output text
aws sts nothing
aws sts get-caller-identity --bogus
aws iam get-user --user-name ''
aws iam nothing
aws configure set region
aws configure set
aws configure get
aws configure nothing
AWS_DEFAULT_OUTPUT=text aws kms list-keys --query 'length(Keys)'
AWS_DEFAULT_OUTPUT=text aws sts get-caller-identity
aws kms list-keys --query 'length(Keys)' --output text > count.txt; cat count.txt
aws kms describe-key --key-id nope > out.txt 2> err.txt; echo $?; cat out.txt err.txt
aws kms describe-key --key-id nope 2>&1 | head -n 2
aws kms describe-key --key-id nope || echo failed with $?
aws kms list-keys --output off && echo fine
