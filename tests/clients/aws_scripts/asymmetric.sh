# Key pairs: signing, encrypting, agreeing, encapsulating; and message authentication codes.
SIGN=$(aws kms create-key --key-spec ECC_NIST_P256 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms describe-key --key-id $SIGN
aws kms describe-key --key-id $SIGN --output text
aws kms describe-key --key-id $SIGN --output yaml
aws kms get-public-key --key-id $SIGN
aws kms get-public-key --key-id $SIGN --output text
aws kms get-public-key --key-id $SIGN --output table
aws kms get-public-key --key-id $SIGN --output yaml
aws kms get-public-key --key-id $SIGN --query PublicKey --output text | base64 -d > public.der; wc -c < public.der
head -c 26 public.der | xxd -p
echo -n 'a message' > message.txt
aws kms sign --key-id $SIGN --message fileb://message.txt --signing-algorithm ECDSA_SHA_256
aws kms sign --key-id $SIGN --message fileb://message.txt --message-type RAW --signing-algorithm ECDSA_SHA_256 --output text --query Signature | base64 -d > signature.bin
aws kms verify --key-id $SIGN --message fileb://message.txt --signature fileb://signature.bin --signing-algorithm ECDSA_SHA_256
aws kms verify --key-id $SIGN --message fileb://message.txt --signature fileb://signature.bin --signing-algorithm ECDSA_SHA_256 --output text
aws kms verify --key-id $SIGN --message fileb://message.txt --signature fileb://signature.bin --signing-algorithm ECDSA_SHA_256 --output table
aws kms verify --key-id $SIGN --message fileb://message.txt --signature fileb://signature.bin --signing-algorithm ECDSA_SHA_256 --output yaml
aws kms verify --key-id $SIGN --message aGVsbG8= --signature fileb://signature.bin --signing-algorithm ECDSA_SHA_256
aws kms verify --key-id $SIGN --message fileb://message.txt --signature fileb://signature.bin --signing-algorithm ECDSA_SHA_384
aws kms sign --key-id $SIGN --message fileb://message.txt --message-type DIGEST --signing-algorithm ECDSA_SHA_256
aws kms sign --key-id $SIGN --message fileb://message.txt --signing-algorithm RSASSA_PSS_SHA_256
aws kms sign --key-id $SIGN --message fileb://message.txt
aws kms sign --key-id $SIGN --message fileb://message.txt --signing-algorithm ECDSA_SHA_256 --dry-run
aws kms encrypt --key-id $SIGN --plaintext aGVsbG8=
aws kms generate-data-key --key-id $SIGN --key-spec AES_256
aws kms get-public-key --key-id nope
SYMMETRIC=$(aws kms create-key --query KeyMetadata.KeyId --output text)
aws kms get-public-key --key-id $SYMMETRIC
aws kms sign --key-id $SYMMETRIC --message fileb://message.txt --signing-algorithm ECDSA_SHA_256
aws kms verify --key-id $SYMMETRIC --message fileb://message.txt --signature AAAA --signing-algorithm ECDSA_SHA_256
RSA=$(aws kms create-key --key-spec RSA_2048 --key-usage ENCRYPT_DECRYPT --description 'for others' --query KeyMetadata.KeyId --output text)
aws kms describe-key --key-id $RSA --query KeyMetadata.EncryptionAlgorithms --output text
aws kms describe-key --key-id $RSA --query KeyMetadata.EncryptionAlgorithms --output table
aws kms describe-key --key-id $RSA --output table
aws kms encrypt --key-id $RSA --plaintext aGVsbG8= --encryption-algorithm RSAES_OAEP_SHA_256 --query CiphertextBlob --output text | base64 -d > sealed.bin
aws kms decrypt --key-id $RSA --ciphertext-blob fileb://sealed.bin --encryption-algorithm RSAES_OAEP_SHA_256
aws kms decrypt --ciphertext-blob fileb://sealed.bin --encryption-algorithm RSAES_OAEP_SHA_256
aws kms decrypt --key-id $RSA --ciphertext-blob fileb://sealed.bin --encryption-algorithm RSAES_OAEP_SHA_1
aws kms encrypt --key-id $RSA --plaintext aGVsbG8= --encryption-algorithm RSAES_OAEP_SHA_256 --encryption-context a=b
aws kms encrypt --key-id $RSA --plaintext aGVsbG8=
printf '%0200d' 0 > long.bin; aws kms encrypt --key-id $RSA --plaintext fileb://long.bin --encryption-algorithm RSAES_OAEP_SHA_256
aws kms sign --key-id $RSA --message fileb://message.txt --signing-algorithm RSASSA_PSS_SHA_256
aws kms create-key --key-spec RSA_2048
aws kms create-key --key-spec RSA_2048 --key-usage GENERATE_VERIFY_MAC
aws kms create-key --key-spec RSA_1024 --key-usage SIGN_VERIFY
aws kms create-key --key-usage SIGN_VERIFY
aws kms create-key --key-spec ECC_NIST_P256 --key-usage NOTHING
EDWARDS=$(aws kms create-key --key-spec ECC_NIST_EDWARDS25519 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms sign --key-id $EDWARDS --message fileb://message.txt --message-type RAW --signing-algorithm ED25519_SHA_512 --query SigningAlgorithm
aws kms describe-key --key-id $EDWARDS --query KeyMetadata.SigningAlgorithms --output yaml

# Agreeing on a secret.
AGREE=$(aws kms create-key --key-spec ECC_NIST_P256 --key-usage KEY_AGREEMENT --query KeyMetadata.KeyId --output text)
aws kms derive-shared-secret --key-id $AGREE --key-agreement-algorithm ECDH --public-key fileb://public.der
aws kms derive-shared-secret --key-id $AGREE --key-agreement-algorithm ECDH --public-key fileb://public.der --query SharedSecret --output text | base64 -d | wc -c
aws kms derive-shared-secret --key-id $AGREE --key-agreement-algorithm ECDH --public-key AAAA
aws kms derive-shared-secret --key-id $SIGN --key-agreement-algorithm ECDH --public-key fileb://public.der
aws kms derive-shared-secret --key-id $AGREE --public-key fileb://public.der
aws kms get-public-key --key-id $AGREE --query '[KeySpec,KeyUsage,KeyAgreementAlgorithms]'
aws kms get-public-key --key-id $AGREE --query '[KeySpec,KeyUsage,KeyAgreementAlgorithms]' --output text

# Codes.
MAC=$(aws kms create-key --key-spec HMAC_256 --key-usage GENERATE_VERIFY_MAC --query KeyMetadata.KeyId --output text)
aws kms generate-mac --key-id $MAC --message fileb://message.txt --mac-algorithm HMAC_SHA_256
aws kms generate-mac --key-id $MAC --message fileb://message.txt --mac-algorithm HMAC_SHA_256 --output text
aws kms generate-mac --key-id $MAC --message fileb://message.txt --mac-algorithm HMAC_SHA_256 --output table
aws kms generate-mac --key-id $MAC --message fileb://message.txt --mac-algorithm HMAC_SHA_256 --query Mac --output text | base64 -d > mac.bin
aws kms verify-mac --key-id $MAC --message fileb://message.txt --mac fileb://mac.bin --mac-algorithm HMAC_SHA_256
aws kms verify-mac --key-id $MAC --message fileb://message.txt --mac fileb://mac.bin --mac-algorithm HMAC_SHA_256 --output text
aws kms verify-mac --key-id $MAC --message fileb://message.txt --mac fileb://mac.bin --mac-algorithm HMAC_SHA_256 --output yaml
aws kms verify-mac --key-id $MAC --message aGVsbG8= --mac fileb://mac.bin --mac-algorithm HMAC_SHA_256
aws kms verify-mac --key-id $MAC --message fileb://message.txt --mac fileb://mac.bin --mac-algorithm HMAC_SHA_512
aws kms generate-mac --key-id $SIGN --message fileb://message.txt --mac-algorithm HMAC_SHA_256
aws kms generate-mac --key-id $MAC --message fileb://message.txt --mac-algorithm HMAC_SHA_256 --dry-run
aws kms generate-mac --key-id $MAC --mac-algorithm HMAC_SHA_256
aws kms describe-key --key-id $MAC --query KeyMetadata.MacAlgorithms
aws kms get-public-key --key-id $MAC
aws kms create-key --key-spec HMAC_256

# Two kinds of key for the time after.
PQ=$(aws kms create-key --key-spec ML_DSA_44 --key-usage SIGN_VERIFY --query KeyMetadata.KeyId --output text)
aws kms sign --key-id $PQ --message fileb://message.txt --signing-algorithm ML_DSA_SHAKE_256 --query Signature --output text | base64 -d > signature.bin; wc -c < signature.bin
aws kms verify --key-id $PQ --message fileb://message.txt --signature fileb://signature.bin --signing-algorithm ML_DSA_SHAKE_256 --query SignatureValid
KEM=$(aws kms create-key --key-spec ML_KEM_768 --key-usage ENCAPSULATE_DECAPSULATE --query KeyMetadata.KeyId --output text)
aws kms describe-key --key-id $KEM
aws kms encapsulate --key-id $KEM --encapsulation-algorithm ML_KEM --query 'keys(@)' --output text
aws kms encapsulate --key-id $SIGN --encapsulation-algorithm ML_KEM
aws kms encapsulate --key-id $KEM
aws kms decapsulate --key-id $KEM --encapsulation-algorithm ML_KEM --shared-secret-ciphertext-blob AAAA
