using BetterConnections.Evaluation.Account.Figures;
using BetterConnections.Evaluation.Account.Ledger;

namespace BetterConnections.Evaluation.Account;

/// <summary>Section <c>Account</c>: what another programme sets differently in its account; Qatar's values are the default.</summary>
public sealed class AccountSettings(IReadOnlyList<PublishedLeverage>? publishedLeverage = null, IReadOnlyList<ActivityDate>? activityDates = null)
{
    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "QAR";
    /// <summary>A cell with fewer people is withheld from everything that is published.</summary>
    public int LeastPublishable { get; init; } = 10;
    /// <summary>ISO 3166-1.</summary>
    public string Country { get; init; } = "QA";
    /// <summary>In the form of org-id.guide; part of every IATI identifier.</summary>
    public string OrganisationIdentifier { get; init; } = "QA-GOV-MOTC";
    public string OrganisationName { get; init; } = "Ministry of Transport and Communications";
    public string ProgrammeName { get; init; } = "Better Connections";
    /// <summary>The purpose of the programme among the five-digit codes of OECD DAC: 22040 is information and communication technology.</summary>
    public string Sector { get; init; } = "22040";
    /// <summary>Address under which everybody reaches the system, of section <c>Programme</c>; empty where it is the one that requests are sent to.</summary>
    public string PublicUrl { get; set; } = "";
    public string Licence { get; init; } = "CC BY 4.0";
    /// <summary>Codes that a DHIS2 instance knows the data set and the programme by.</summary>
    public string Dhis2DataSet { get; init; } = "BETTER_CONNECTIONS";
    public string Dhis2OrgUnit { get; init; } = "QA";
    public IReadOnlyList<PublishedLeverage> PublishedLeverage { get; } = publishedLeverage ??
        [new(5_000_000, 182_000_000, 36.4m, "QAR", new("Award nomination of the programme: QAR 5m in cash, QAR 182m in kind", "ترشيح البرنامج للجائزة: 5 ملايين ريال نقدًا و182 مليون ريال عينًا"))];
    /// <summary>The sources name two starts; both are told, each with its source.</summary>
    public IReadOnlyList<ActivityDate> ActivityDates { get; } = activityDates ??
    [
        new("2", new DateOnly(2014, 1, 1), "Date of implementation in the programme's award nomination"),
        new("2", new DateOnly(2017, 7, 31), "Start date in the UN register of SDG acceleration actions"),
        new("4", new DateOnly(2021, 7, 31), "Date of completion in the same register, of what was planned then; what is counted since follows it"),
    ];

    public static AccountSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Account").Get<AccountSettings>() ?? new();
        settings.PublicUrl = configuration["Programme:PublicUrl"] ?? "";
        return settings;
    }

    /// <summary>Without a slash at its end.</summary>
    public string PublicAddress(HttpRequest request) => PublicUrl.Length > 0 ? PublicUrl.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
}

/// <param name="Type">Code of IATI's list ActivityDateType: 1 planned start, 2 actual start, 3 planned end, 4 actual end.</param>
public sealed record ActivityDate(string Type, DateOnly On, string Source);
