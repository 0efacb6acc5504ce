namespace BetterConnections.Training.Certificates;

/// <summary>What a certificate says in one language.</summary>
public sealed record CertificateWords(string Language, string Direction, string Title, string Topics, string Holder, string Name, string Issued,
    string ValidUntil, string NoEnd, string Check, IReadOnlyDictionary<CertificateState, string> States)
{
    private static readonly CertificateWords English = new("en", "ltr", "Certificate", "Topics", "Card or volunteer number", "Name, written by the holder",
        "Issued", "Valid until", "no end", "Check this certificate at",
        new Dictionary<CertificateState, string>
        {
            [CertificateState.Valid] = "This certificate is valid.",
            [CertificateState.Expired] = "This certificate has expired.",
            [CertificateState.Revoked] = "This certificate was revoked and does not count.",
        });

    private static readonly CertificateWords Arabic = new("ar", "rtl", "شهادة", "المواضيع", "رقم البطاقة أو رقم المتطوع", "الاسم بخط حامل الشهادة",
        "تاريخ الإصدار", "صالحة حتى", "بلا تاريخ انتهاء", "للتحقق من هذه الشهادة",
        new Dictionary<CertificateState, string>
        {
            [CertificateState.Valid] = "هذه الشهادة صالحة.",
            [CertificateState.Expired] = "انتهت صلاحية هذه الشهادة.",
            [CertificateState.Revoked] = "أُلغيت هذه الشهادة ولا يُعتد بها.",
        });

    public static CertificateWords Default => English;

    /// <summary>The language asked for in the address, else the first of the caller's that there is, else English.</summary>
    public static CertificateWords Choose(string? language, HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality != 0).OrderByDescending(l => l.Quality ?? 1).Select(l => l.Value.Value!.Split('-')[0])
            .Prepend(language).Select(l => l?.ToLowerInvariant() switch { "ar" => Arabic, "en" => English, _ => null }).FirstOrDefault(w => w is not null) ?? English;
}
