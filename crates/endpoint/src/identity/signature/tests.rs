use axum::http::Request;

use super::*;

/// Signed with botocore 1.44 by `AKIDEXAMPLE`, whose secret is this.
const SECRET: &[u8] = b"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const DATE: &str = "20261124T190958Z";
const BODY: &[u8] = br#"{"KeyId":"alias/docs"}"#;
const PLAIN: &str = "85719acb829e22135c27fd23349956f4b3710d243e0825d6612e7438d22fcffe";
const WITH_TOKEN: &str = "abadabde09b36f1c1b8c825ae4cf88c23b57380a9778a092df8fdb897fc703bb";
const NOW: i64 = 1_795_547_398_000;

fn request() -> Parts {
    let request = Request::post("/")
        .header("host", "127.0.0.1:4599")
        .header("x-amz-target", "TrentService.DescribeKey")
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-date", DATE)
        .header("x-spaces", "  a   b ");
    request.body(()).unwrap().into_parts().0
}

fn claim(signature: &str) -> Authorization<'_> {
    Authorization {
        access_key_id: "AKIDEXAMPLE",
        date: "20261124",
        region: "eu-west-1",
        service: "kms",
        signed_headers: "content-type;host;x-amz-date;x-amz-target;x-spaces",
        signature,
    }
}

#[track_caller]
fn check(result: Result<(), Refusal>, code: &str, message: &str) {
    let refusal = result.unwrap_err();
    assert_eq!((refusal.code, &refusal.message[..message.len().min(refusal.message.len())]), (code, message));
}

#[test]
fn botocore_signs_as_is_verified_here() {
    assert_eq!(verify(&claim(PLAIN), SECRET, &request(), BODY, NOW), Ok(()));
    let mut head = request();
    head.headers.insert("x-amz-security-token", "a-token".parse().unwrap());
    let signed_headers = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target;x-spaces";
    let claimed = Authorization { signed_headers, ..claim(WITH_TOKEN) };
    assert_eq!(verify(&claimed, SECRET, &head, BODY, NOW), Ok(()));
}

#[test]
fn whatever_is_changed_is_noticed() {
    let mismatch = "The request signature we calculated does not match";
    let refused = |result| check(result, "InvalidSignatureException", mismatch);
    refused(verify(&claim(PLAIN), b"another secret", &request(), BODY, NOW));
    refused(verify(&claim(PLAIN), SECRET, &request(), b"{}", NOW));
    refused(verify(&claim(&PLAIN.replace('8', "9")), SECRET, &request(), BODY, NOW));
    refused(verify(&claim(&PLAIN[..63]), SECRET, &request(), BODY, NOW));
    refused(verify(&Authorization { region: "eu-west-2", ..claim(PLAIN) }, SECRET, &request(), BODY, NOW));
    let mut head = request();
    head.headers.insert("x-amz-target", "TrentService.DeleteAlias".parse().unwrap());
    refused(verify(&claim(PLAIN), SECRET, &head, BODY, NOW));
    let mut head = request();
    head.uri = "/?Action=DeleteAlias".parse().unwrap();
    refused(verify(&claim(PLAIN), SECRET, &head, BODY, NOW));
}

#[test]
fn what_matters_has_to_be_signed() {
    let mut head = request();
    head.headers.insert("x-amz-security-token", "a-token".parse().unwrap());
    let needed = "'x-amz-security-token' must be a 'SignedHeader'";
    check(verify(&claim(PLAIN), SECRET, &head, BODY, NOW), "InvalidSignatureException", needed);
    let unsigned = Authorization { signature: "", ..claim(PLAIN) };
    check(
        verify(&unsigned, SECRET, &request(), BODY, NOW),
        "IncompleteSignatureException",
        "Authorization needs",
    );
    let mut head = request();
    head.headers.remove("x-amz-date");
    check(
        verify(&claim(PLAIN), SECRET, &head, BODY, NOW),
        "IncompleteSignatureException",
        "The header X-Amz-Date",
    );
}

#[test]
fn a_quarter_of_an_hour_is_close_enough() {
    for off in [-SKEW, SKEW] {
        assert_eq!(verify(&claim(PLAIN), SECRET, &request(), BODY, NOW + off), Ok(()));
    }
    let expired = "Signature expired: 20261124T190958Z is now earlier than 20261124T190959Z (20261124T192459Z - 15 min.)";
    check(
        verify(&claim(PLAIN), SECRET, &request(), BODY, NOW + SKEW + 1000),
        "InvalidSignatureException",
        expired,
    );
    let early = "Signature not yet current: 20261124T190958Z is still later than 20261124T190957Z";
    check(
        verify(&claim(PLAIN), SECRET, &request(), BODY, NOW - SKEW - 1000),
        "InvalidSignatureException",
        early,
    );
    let other_day = Authorization { date: "20261123", ..claim(PLAIN) };
    check(
        verify(&other_day, SECRET, &request(), BODY, NOW),
        "InvalidSignatureException",
        "Date in Credential scope",
    );
}
