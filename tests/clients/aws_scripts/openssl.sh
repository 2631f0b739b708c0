# What is done with keys beside KMS.
printf 'attack at dawn' > plain
K=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f; IV=f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
openssl enc -aes-256-cbc -K $K -iv $IV -in plain -out sealed; xxd -p sealed
openssl enc -d -aes-256-cbc -K $K -iv $IV -in sealed; echo
openssl enc -aes-256-ctr -K $K -iv $IV < plain | base64
openssl enc -aes-256-ctr -a -K $K -iv $IV -in plain
openssl enc -aes-256-ctr -a -K $K -iv $IV -in plain | openssl enc -d -aes-256-ctr -a -K $K -iv $IV; echo
openssl enc -aes-256-ctr -K aabb -iv $IV -in plain | xxd -p
openssl enc -aes-256-ctr -K ${K}00 -iv $IV -in plain | xxd -p
openssl enc -aes-256-ctr -K $K -iv 0x12 -in plain 2> /dev/null
openssl enc -aes-256-ctr -K aabb cc -iv $IV -in plain 2> /dev/null
openssl enc -d -aes-256-cbc -K ${K/0/1} -iv $IV -in plain 2> /dev/null
openssl dgst -sha256 plain
openssl dgst -sha384 plain
openssl dgst -sha512 < plain
openssl dgst -sha256 -binary plain | xxd -p -c 32
openssl sha256 plain
openssl rand -hex 8 | wc -c
openssl rand 12 | wc -c
openssl rand -base64 60 | wc -lc
# A data key that KMS gives out encrypts a file, and is opened again.
KEY=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms generate-data-key --key-id $KEY --key-spec AES_256 --query '[Plaintext,CiphertextBlob]' --output text > pair
openssl enc -aes-256-ctr -K $(cut -f1 pair | base64 -d | xxd -p -c 32) -iv $IV -in plain -out sealed
cut -f2 pair | base64 -d > wrapped; rm pair
openssl enc -d -aes-256-ctr -K $(aws kms decrypt --ciphertext-blob fileb://wrapped --query Plaintext --output text | base64 -d | xxd -p -c 32) -iv $IV -in sealed; echo
# Under a public key that was downloaded.
RSA=$(aws kms create-key --key-spec RSA_2048 --key-usage ENCRYPT_DECRYPT --query KeyMetadata.KeyId --output text)
aws kms get-public-key --key-id $RSA --query PublicKey --output text | base64 -d > rsa.der
openssl pkeyutl -encrypt -pubin -inkey rsa.der -keyform DER -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -in plain -out sealed
aws kms decrypt --key-id $RSA --encryption-algorithm RSAES_OAEP_SHA_256 --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d; echo
openssl pkeyutl -encrypt -pubin -inkey rsa.der -keyform DER -pkeyopt rsa_padding_mode:oaep -in plain -out sealed
aws kms decrypt --key-id $RSA --encryption-algorithm RSAES_OAEP_SHA_1 --ciphertext-blob fileb://sealed --query Plaintext --output text | base64 -d; echo
# A signature is verified without KMS.
EC=$(aws kms create-key --key-spec ECC_NIST_P384 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms get-public-key --key-id $EC --query PublicKey --output text | base64 -d > ec.der
aws kms sign --key-id $EC --signing-algorithm ECDSA_SHA_384 --message fileb://plain --query Signature --output text | base64 -d > signature
openssl dgst -sha384 -verify ec.der -signature signature plain
openssl dgst -sha256 -verify ec.der -signature signature plain 2> /dev/null
PSS=$(aws kms create-key --key-spec RSA_2048 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms get-public-key --key-id $PSS --query PublicKey --output text | base64 -d > pss.der
openssl dgst -sha256 -binary plain > digest
aws kms sign --key-id $PSS --signing-algorithm RSASSA_PSS_SHA_256 --message-type DIGEST --message fileb://digest --query Signature --output text | base64 -d > signature
openssl dgst -sha256 -verify pss.der -sigopt rsa_padding_mode:pss -signature signature plain
openssl dgst -sha256 -verify pss.der -signature signature plain 2> /dev/null
# Key material is wrapped for import.
OWN=$(aws kms create-key --origin EXTERNAL --query KeyMetadata.KeyId --output text)
aws kms get-parameters-for-import --key-id $OWN --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_2048 --query '[PublicKey,ImportToken]' --output text > parameters
cut -f1 parameters | base64 -d > wrapping.der; cut -f2 parameters | base64 -d > token
openssl rand -out material 32
openssl pkeyutl -encrypt -pubin -inkey wrapping.der -keyform DER -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 -in material -out wrapped
aws kms import-key-material --key-id $OWN --encrypted-key-material fileb://wrapped --import-token fileb://token --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE
aws kms describe-key --key-id $OWN --query KeyMetadata.KeyState
