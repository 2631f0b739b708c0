# Encrypting and decrypting, with files, contexts and data keys.
KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms create-alias --alias-name alias/demo --target-key-id $KEY
echo -n 'hello, world' > plain.txt
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --output text
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --output table
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --output yaml
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --query CiphertextBlob --output text | base64 --decode > sealed.bin
wc -c < sealed.bin
aws kms decrypt --ciphertext-blob fileb://sealed.bin
aws kms decrypt --ciphertext-blob fileb://sealed.bin --output text
aws kms decrypt --ciphertext-blob fileb://sealed.bin --output table
aws kms decrypt --ciphertext-blob fileb://sealed.bin --output yaml
aws kms decrypt --ciphertext-blob fileb://sealed.bin --query Plaintext --output text | base64 -d
aws kms decrypt --ciphertext-blob fileb://sealed.bin --query Plaintext --output text | base64 -d > again.txt; cat again.txt; echo
aws kms decrypt --ciphertext-blob "$(base64 -w0 sealed.bin)" --query Plaintext
aws kms decrypt --key-id alias/demo --ciphertext-blob fileb://sealed.bin --query KeyId --output text
aws kms encrypt --key-id alias/demo --plaintext hello
aws kms encrypt --key-id alias/demo --plaintext 'not base64!'
aws kms encrypt --key-id alias/demo --plaintext file://plain.txt
aws kms encrypt --key-id alias/demo --plaintext hello --cli-binary-format raw-in-base64-out --query KeyId --output text
aws kms encrypt --key-id alias/demo --plaintext fileb://nope.txt
aws kms encrypt --key-id alias/demo --plaintext ''
aws kms encrypt --key-id alias/nope --plaintext fileb://plain.txt
aws kms encrypt --plaintext fileb://plain.txt
aws kms encrypt --key-id alias/demo
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --encryption-algorithm RSAES_OAEP_SHA_256
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --encryption-algorithm ROT13
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --dry-run
aws kms encrypt --key-id alias/demo --plaintext fileb://plain.txt --no-dry-run --query KeyId
printf '%04096d' 0 > long.bin; aws kms encrypt --key-id alias/demo --plaintext fileb://long.bin --query KeyId
printf '%04097d' 0 > long.bin; aws kms encrypt --key-id alias/demo --plaintext fileb://long.bin
aws kms decrypt --ciphertext-blob fileb://plain.txt
aws kms decrypt --ciphertext-blob AAAA
aws kms decrypt
aws kms decrypt --ciphertext-blob fileb://sealed.bin --dry-run
aws kms decrypt --ciphertext-blob fileb://sealed.bin --key-id alias/nope
aws kms decrypt --ciphertext-blob fileb://sealed.bin --encryption-algorithm RSAES_OAEP_SHA_1

# Encryption contexts.
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --encryption-context purpose=test,stage=beta --query CiphertextBlob --output text | base64 -d > bound.bin
aws kms decrypt --ciphertext-blob fileb://bound.bin --encryption-context stage=beta,purpose=test --query Plaintext --output text
aws kms decrypt --ciphertext-blob fileb://bound.bin --encryption-context '{"purpose":"test","stage":"beta"}' --query Plaintext --output text | base64 --decode
aws kms decrypt --ciphertext-blob fileb://bound.bin
aws kms decrypt --ciphertext-blob fileb://bound.bin --encryption-context purpose=test
aws kms decrypt --ciphertext-blob fileb://bound.bin --encryption-context purpose
aws kms decrypt --ciphertext-blob fileb://bound.bin --encryption-context '{"purpose"'
aws kms decrypt --ciphertext-blob fileb://bound.bin --encryption-context '{"purpose": 1}'
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --encryption-context a=b, --query KeyId
echo '{"purpose": "file"}' > context.json
aws kms encrypt --key-id $KEY --plaintext aGVsbG8= --encryption-context file://context.json --query CiphertextBlob --output text > bound.b64
base64 -d bound.b64 > bound.bin; aws kms decrypt --ciphertext-blob fileb://bound.bin --encryption-context purpose=file --query Plaintext

# From one key to another.
OTHER=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin --destination-key-id $OTHER
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin --destination-key-id $OTHER --output text
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin --destination-key-id $OTHER --output yaml
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin --destination-key-id $OTHER --output table
aws kms re-encrypt --ciphertext-blob fileb://bound.bin --source-encryption-context purpose=file --destination-key-id $OTHER --destination-encryption-context purpose=moved --query CiphertextBlob --output text | base64 -d > moved.bin
aws kms decrypt --ciphertext-blob fileb://moved.bin --encryption-context purpose=moved
aws kms re-encrypt --ciphertext-blob fileb://bound.bin --destination-key-id $OTHER
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin --destination-key-id alias/nope
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin --destination-key-id $OTHER --dry-run
aws kms re-encrypt --ciphertext-blob fileb://sealed.bin --source-key-id $OTHER --destination-key-id $KEY

# Data keys.
aws kms generate-data-key --key-id alias/demo --key-spec AES_256
aws kms generate-data-key --key-id alias/demo --key-spec AES_128 --output text
aws kms generate-data-key --key-id alias/demo --number-of-bytes 64 --output yaml
aws kms generate-data-key --key-id alias/demo --key-spec AES_256 --output table
aws kms generate-data-key --key-id alias/demo --key-spec AES_256 --query Plaintext --output text | base64 -d | wc -c
aws kms generate-data-key --key-id alias/demo --key-spec AES_256 --query CiphertextBlob --output text | base64 -d > data.key; aws kms decrypt --ciphertext-blob fileb://data.key --query Plaintext --output text | base64 -d | wc -c
aws kms generate-data-key --key-id alias/demo
aws kms generate-data-key --key-id alias/demo --key-spec AES_256 --number-of-bytes 32
aws kms generate-data-key --key-id alias/demo --key-spec AES_512
aws kms generate-data-key --key-id alias/demo --number-of-bytes 0
aws kms generate-data-key --key-id alias/demo --number-of-bytes 1025
aws kms generate-data-key --key-id alias/demo --number-of-bytes x
aws kms generate-data-key --key-id alias/demo --key-spec AES_256 --dry-run
aws kms generate-data-key-without-plaintext --key-id alias/demo --key-spec AES_256
aws kms generate-data-key-without-plaintext --key-id alias/demo --key-spec AES_256 --output text --query KeyId
aws kms generate-data-key-without-plaintext --key-id alias/demo --number-of-bytes 24 --output yaml
aws kms generate-data-key-pair-without-plaintext --key-id alias/demo --key-pair-spec ECC_NIST_P256 --query 'keys(@)'
aws kms generate-data-key-pair --key-id alias/demo --key-pair-spec ECC_NIST_P384 --query '[KeyId,KeyPairSpec]' --output text
aws kms generate-data-key-pair --key-id alias/demo --key-pair-spec ECC_NIST_P256
aws kms generate-data-key-pair-without-plaintext --key-id alias/demo --key-pair-spec ECC_SECG_P256K1 --output table --query '{Spec:KeyPairSpec,Key:KeyId}'
aws kms generate-data-key-pair --key-id alias/demo --key-pair-spec RSA_1024
aws kms generate-data-key-pair --key-id alias/demo
aws kms generate-random --number-of-bytes 16
aws kms generate-random --number-of-bytes 8 --query Plaintext --output text | base64 -d | wc -c
aws kms generate-random --number-of-bytes 1025
aws kms generate-random --number-of-bytes 0
aws kms generate-random
