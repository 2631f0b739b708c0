# Material from outside, and custom key stores.
OWN=$(aws kms create-key --origin EXTERNAL --description 'own material' --query KeyMetadata.KeyId --output text)
aws kms describe-key --key-id $OWN
aws kms describe-key --key-id $OWN --query 'KeyMetadata.[Origin,KeyState,Enabled]' --output text
aws kms encrypt --key-id $OWN --plaintext aGVsbG8=
aws kms get-parameters-for-import --key-id $OWN --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048 --query '[KeyId, length(PublicKey)]'
aws kms get-parameters-for-import --key-id $OWN --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048 --query ImportToken --output text | base64 -d > token.bin
aws kms get-parameters-for-import --key-id $OWN --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_512
aws kms get-parameters-for-import --key-id $OWN --wrapping-algorithm RSAES_OAEP_SHA_256
aws kms import-key-material --key-id $OWN --import-token fileb://token.bin --encrypted-key-material AAAA --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE
aws kms import-key-material --key-id $OWN --import-token AAAA --encrypted-key-material AAAA --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE
aws kms import-key-material --key-id $OWN --import-token fileb://token.bin --encrypted-key-material AAAA --expiration-model KEY_MATERIAL_EXPIRES
aws kms import-key-material --key-id $OWN --import-token fileb://token.bin --encrypted-key-material AAAA --expiration-model KEY_MATERIAL_EXPIRES --valid-to 2001-02-03
aws kms import-key-material --key-id $OWN --import-token fileb://token.bin --encrypted-key-material AAAA --valid-to soon
aws kms import-key-material --key-id $OWN
aws kms delete-imported-key-material --key-id $OWN
aws kms enable-key-rotation --key-id $OWN
NATIVE=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms get-parameters-for-import --key-id $NATIVE --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048
aws kms delete-imported-key-material --key-id $NATIVE

# Stores.
aws kms describe-custom-key-stores
aws kms describe-custom-key-stores --output text
aws kms describe-custom-key-stores --output table
aws kms describe-custom-key-stores --output yaml
aws kms create-custom-key-store --custom-key-store-name hsm --cloud-hsm-cluster-id cluster-abcdefghijk --key-store-password kmsPswd1 --trust-anchor-certificate "$(printf -- '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')"
aws kms create-custom-key-store --custom-key-store-name xks --custom-key-store-type EXTERNAL_KEY_STORE --xks-proxy-uri-endpoint https://myproxy.xks.example.com --xks-proxy-uri-path /kms/xks/v1 --xks-proxy-connectivity PUBLIC_ENDPOINT --xks-proxy-authentication-credential AccessKeyId=ABCDE12345670EXAMPLE,RawSecretAccessKey=DXjSUawnel2fr6SKC7G25CNxTyWKE5PF9XX6H/u9pSo=
aws kms create-custom-key-store --custom-key-store-name xks --custom-key-store-type EXTERNAL_KEY_STORE --xks-proxy-uri-endpoint https://myproxy.xks.example.com --xks-proxy-uri-path /kms/xks/v1 --xks-proxy-connectivity PUBLIC_ENDPOINT --xks-proxy-authentication-credential AccessKeyId=ABCDE12345670EXAMPLE
aws kms create-custom-key-store
aws kms create-custom-key-store --custom-key-store-name hsm
aws kms describe-custom-key-stores --custom-key-store-name hsm
aws kms describe-custom-key-stores --custom-key-store-name hsm --output text
aws kms describe-custom-key-stores --custom-key-store-name hsm --output yaml
aws kms describe-custom-key-stores --custom-key-store-name hsm --output table
aws kms describe-custom-key-stores --custom-key-store-name xks
aws kms describe-custom-key-stores --custom-key-store-name nope
STORE=$(aws kms describe-custom-key-stores --custom-key-store-name hsm --query CustomKeyStores[0].CustomKeyStoreId --output text)
aws kms create-key --origin AWS_CLOUDHSM --custom-key-store-id $STORE
aws kms connect-custom-key-store --custom-key-store-id $STORE
@clock 3600
aws kms describe-custom-key-stores --custom-key-store-id $STORE --query 'CustomKeyStores[].ConnectionState' --output text
aws kms create-key --origin AWS_CLOUDHSM --custom-key-store-id $STORE --query 'KeyMetadata.[Origin,CustomKeyStoreId,CloudHsmClusterId]'
aws kms update-custom-key-store --custom-key-store-id $STORE --new-custom-key-store-name renamed
aws kms disconnect-custom-key-store --custom-key-store-id $STORE
@clock 3600
aws kms update-custom-key-store --custom-key-store-id $STORE --new-custom-key-store-name renamed
aws kms describe-custom-key-stores --custom-key-store-id $STORE --query 'CustomKeyStores[].[CustomKeyStoreName,ConnectionState]' --output text
aws kms delete-custom-key-store --custom-key-store-id $STORE
aws kms delete-custom-key-store --custom-key-store-id cks-1234567890abcdef0
aws kms connect-custom-key-store --custom-key-store-id nope
