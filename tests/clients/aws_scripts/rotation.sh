# Rotation, by itself and on demand; Regions.
KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms get-key-rotation-status --key-id $KEY
aws kms enable-key-rotation --key-id $KEY
aws kms get-key-rotation-status --key-id $KEY
aws kms get-key-rotation-status --key-id $KEY --output text
aws kms get-key-rotation-status --key-id $KEY --output table
aws kms get-key-rotation-status --key-id $KEY --output yaml
aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days 180
aws kms get-key-rotation-status --key-id $KEY --query RotationPeriodInDays
aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days 30
aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days 2561
aws kms enable-key-rotation --key-id $KEY --rotation-period-in-days abc
echo -n secret > plain; aws kms encrypt --key-id $KEY --plaintext fileb://plain --query CiphertextBlob --output text | base64 -d > old.bin
aws kms describe-key --key-id $KEY --query KeyMetadata.CurrentKeyMaterialId --output text
@clock 15724800
aws kms describe-key --key-id $KEY --query KeyMetadata.CurrentKeyMaterialId --output text
aws kms list-key-rotations --key-id $KEY
aws kms list-key-rotations --key-id $KEY --output text
aws kms list-key-rotations --key-id $KEY --output table
aws kms list-key-rotations --key-id $KEY --output yaml
aws kms list-key-rotations --key-id $KEY --include-key-material ALL_KEY_MATERIAL --query 'Rotations[].[KeyMaterialState,RotationType]' --output text
aws kms list-key-rotations --key-id $KEY --include-key-material NONE
aws kms decrypt --ciphertext-blob fileb://old.bin --query Plaintext --output text | base64 -d; echo
aws kms rotate-key-on-demand --key-id $KEY
aws kms list-key-rotations --key-id $KEY --query 'Rotations[].RotationType'
aws kms rotate-key-on-demand --key-id $KEY --output text
aws kms disable-key-rotation --key-id $KEY
aws kms get-key-rotation-status --key-id $KEY --query KeyRotationEnabled --output text
aws kms get-key-rotation-status --key-id nope
aws kms rotate-key-on-demand --key-id alias/nope
MAC=$(aws kms create-key --key-spec HMAC_256 --key-usage GENERATE_VERIFY_MAC --query KeyMetadata.KeyId --output text)
aws kms enable-key-rotation --key-id $MAC
aws kms get-key-rotation-status --key-id $MAC
aws kms rotate-key-on-demand --key-id $MAC
aws kms list-key-rotations --key-id $MAC
aws kms get-key-last-usage --key-id $KEY
aws kms get-key-last-usage --key-id $KEY --output text
aws kms get-key-last-usage --key-id $MAC --output yaml
aws kms get-key-last-usage --key-id nope

# More than one Region.
MULTI=$(aws kms create-key --multi-region --query KeyMetadata.KeyId --output text); echo $MULTI
aws kms describe-key --key-id $MULTI
aws kms replicate-key --key-id $MULTI --replica-region eu-west-1
@clock 60
aws kms describe-key --key-id $MULTI --query KeyMetadata.MultiRegionConfiguration
aws kms describe-key --key-id $MULTI --query KeyMetadata.MultiRegionConfiguration --output text
aws kms describe-key --key-id $MULTI --query KeyMetadata.MultiRegionConfiguration --output table
aws kms describe-key --key-id $MULTI --query KeyMetadata.MultiRegionConfiguration --output yaml
aws kms describe-key --key-id $MULTI --region eu-west-1 --query KeyMetadata.Arn --output text
aws kms encrypt --key-id $MULTI --plaintext fileb://plain --query CiphertextBlob --output text | base64 -d > sealed.bin
aws kms decrypt --region eu-west-1 --key-id $MULTI --ciphertext-blob fileb://sealed.bin --query '[KeyId,Plaintext]'
AWS_REGION=eu-west-1 aws kms describe-key --key-id $MULTI --query KeyMetadata.KeyState --output text
AWS_DEFAULT_REGION=eu-west-1 aws kms describe-key --key-id $MULTI --query KeyMetadata.Arn --output text
aws kms describe-key --region ap-south-1 --key-id $MULTI
aws kms replicate-key --key-id $MULTI --replica-region eu-west-1
aws kms replicate-key --key-id $MULTI --replica-region mars-north-1
aws kms replicate-key --key-id $MULTI
aws kms replicate-key --key-id $KEY --replica-region eu-west-1
aws kms update-primary-region --key-id $MULTI --primary-region eu-west-1
@clock 60
aws kms describe-key --key-id $MULTI --query KeyMetadata.MultiRegionConfiguration.PrimaryKey.Region --output text
aws kms update-primary-region --key-id $MULTI --primary-region eu-west-1
aws kms update-primary-region --key-id $KEY --primary-region eu-west-1
aws kms schedule-key-deletion --key-id $MULTI
aws kms schedule-key-deletion --key-id $MULTI --region eu-west-1 --output text --query KeyState
aws kms list-keys --region eu-west-1 --query 'length(Keys)'
