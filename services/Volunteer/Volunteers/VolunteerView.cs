using System.Linq.Expressions;

namespace BetterConnections.Volunteers;

/// <summary>A volunteer as the API shows it, to itself, the programme office and the training partner.</summary>
/// <param name="Languages">Best first.</param>
public sealed record VolunteerView(Guid Id, string Number, string Name, string Email, string? Phone, IReadOnlyList<LanguageSkill> Languages,
    IReadOnlyList<string> Skills, string? HomeArea, double? HomeLatitude, double? HomeLongitude, string? Motivation, string MessageLanguage,
    VolunteerState State, DateTimeOffset StateSince, DateTimeOffset AppliedAt, IReadOnlyList<CertificationView> Certifications)
{
    public static readonly Expression<Func<Volunteer, VolunteerView>> Of = v => new VolunteerView(v.Id, v.Number!, v.Name!, v.Email!, v.Phone,
        v.Languages.OrderByDescending(l => l.Level).ThenBy(l => l.Language).Select(l => new LanguageSkill(l.Language, l.Level)).ToList(),
        v.Skills, v.HomeArea, v.HomeLatitude, v.HomeLongitude, v.Motivation, v.MessageLanguage, v.State, v.StateSince, v.AppliedAt,
        v.Certifications.Where(c => c.CertifiedAt != null).OrderBy(c => c.CertifiedAt)
            .Select(c => new CertificationView(c.Id, c.Topics, c.CertifiedAt!.Value, c.ValidUntil, c.RevokedAt)).ToList());

    private static readonly Func<Volunteer, VolunteerView> Compiled = Of.Compile();

    public static VolunteerView From(Volunteer volunteer) => Compiled(volunteer);
}

/// <param name="ValidUntil">Null where it does not expire; from then on it no longer counts.</param>
/// <param name="RevokedAt">Since when it no longer counts.</param>
public sealed record CertificationView(Guid CertificateId, IReadOnlyList<string> Topics, DateTimeOffset CertifiedAt, DateTimeOffset? ValidUntil, DateTimeOffset? RevokedAt);

public sealed record VolunteerEventView(int Seq, DateTimeOffset At, string By, string? Why, VolunteerState State);
