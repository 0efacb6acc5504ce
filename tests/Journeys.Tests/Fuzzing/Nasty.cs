namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>Values that programs stumble over.</summary>
public static class Nasty
{
    /// <summary>As they stand in JSON, each a value of its own.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "[]", "{}", "[[[]]]", "{\"a\":{\"b\":[]}}", "\"\"", "\" \"", "0", "-1", "1", "0.1", "-0", "1e400", "1E-400", "2147483648", "-2147483649",
        "9223372036854775808", "99999999999999999999999999999999", "\"99999999999999999999\"", "\"NaN\"", "\"Infinity\"", "\"true\"", "\"99\"", "\"-1\"",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00 alone\"", "\"\\u202Egnp.exe\"", "\"\\ufeff\"", "\"\\r\\nSet-Cookie: a=b\"", "\"\\u2028\"",
        "\"' or 1=1 --\"", "\"'; drop table devices; --\"", "\"%00\"", "\"../../../../etc/passwd\"", "\"{{7*7}}${7*7}\"", "\"<script>alert(1)</script>\"", "\"=cmd|' /C calc'!A0\"",
        "\"0001-01-01\"", "\"9999-12-31\"", "\"10000-01-01\"", "\"2026-02-30\"", "\"-infinity\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"",
        "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-01-01T25:61:61Z\"", "\"2026-01-01T00:00:00\"", "\"24:00:00\"", "\"P1000Y\"", "\"-1.00:00:00\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"", "\"{00000000-0000-0000-0000-000000000001}\"", "\"http://169.254.169.254/\"", "\"file:///etc/passwd\"",
        "\"https://user:pass@127.0.0.1:1/\"", "\"\u0645\u0631\u062d\u0628\u0627\"", "\"\U0001F469\u200D\U0001F469\u200D\U0001F467\"", "\"I\u0307\u0131\"", "\"\u00df\"", "[null]", "[null,null]", "[\"\",\"\"]", "[1,\"a\",null,{}]",
    ];

    /// <summary>As they stand in a path or a query, percent-encoded already.</summary>
    public static readonly string[] Url =
    [
        "", "%20", "0", "-1", "99", "99999999999999999999", "1e9", "NaN", "true", "null", "undefined", "%00", "a%00b", "%ff", "%C0%AF", "%ED%A0%80", "%EF%BB%BF", "%E2%80%AE", "%0D%0AX:1", "..", "%2e%2e%2f", "%2F", "%5C", "*",
        "'", "%27%20or%201%3D1--", "%25", "%2525", "[]", "%7B%7D", "{id}", ";", "a;b=c", "00000000-0000-0000-0000-000000000000", "0001-01-01", "9999-12-31", "10000-01-01",
        "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59.9999999-14:00", "-infinity", "Bogus", "%D9%85%D8%B1%D8%AD%D8%A8%D8%A7", "%F0%9F%98%80", "AAAAAAAAAAAAAAAAAAAA", "eyJhIjoxfQ", "eyJhIjoxfQ%3D%3D",
    ];

    public static readonly (string Name, string Value)[] Headers =
    [
        ("Idempotency-Key", ""), ("Idempotency-Key", new('k', 201)), ("Idempotency-Key", "\u00e9\u00ff"), ("Idempotency-Key", "same for all"),
        ("If-Match", "*"), ("If-Match", "\""), ("If-Match", "W/\"1\""), ("If-Match", "\"99999999999999999999\""), ("If-Match", "\"-1\""), ("If-Match", "1"), ("If-Match", "\"1\", \"2\""),
        ("If-None-Match", "*"), ("If-Modified-Since", "yesterday"), ("Accept", "image/png"), ("Accept", "*/*;q=7"), ("Accept", "\u00ff"), ("Accept", "text/html,text/csv,application/pdf"),
        ("Accept-Language", new('x', 2000)), ("Accept-Language", "ar;q=2,*;q=-1"), ("Accept-Charset", "utf-7"), ("Accept-Encoding", "zip"), ("Range", "bytes=9-0"), ("Range", "bytes=-99999999999999999999"),
        ("Content-Encoding", "gzip"), ("Content-Language", "tlh"), ("X-Forwarded-For", "127.0.0.1, ::1, garbage"), ("X-Forwarded-Host", "evil.example"), ("X-Original-URL", "/api/identity/accounts"),
        ("X-HTTP-Method-Override", "DELETE"), ("Origin", "https://evil.example"), ("Cookie", "session=1; role=operator"), ("traceparent", "00-zz"), ("traceparent", "00-00000000000000000000000000000000-0000000000000000-01"),
        ("X-Experience-API-Version", "9.9.9"), ("X-OpenRosa-Version", "0"), ("Forwarded", "for=_hidden;proto=gopher"),
    ];

    public static readonly string[] Verbs = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "FOO"];

    public static readonly string[] ContentTypes =
        ["text/plain", "application/xml", "application/json; charset=utf-7", "application/json; charset=utf-16", "application/json; charset=bogus", "application/x-www-form-urlencoded",
        "multipart/form-data", "multipart/form-data; boundary=x", "text/csv", "application/json-patch+json", "application/octet-stream", "garbage", "image/jpeg", "application/pdf"];
}
