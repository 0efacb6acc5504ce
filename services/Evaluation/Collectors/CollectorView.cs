using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;

namespace BetterConnections.Evaluation.Collectors;

/// <summary>What a collector may.</summary>
/// <param name="Label">What the office calls it, <c>Team 3, phone 2</c>; not a person's name.</param>
/// <param name="Forms">Ids of forms, <c>bc-worker-post</c>.</param>
/// <param name="Facilities">Codes, <c>F0001</c>. All workers of these facilities are listed on the phone.</param>
public record CollectorScope(
    [Required, StringLength(100, MinimumLength = 1)] string Label,
    [Required, MinLength(1), MaxLength(50)] IReadOnlyList<string> Forms,
    [Required, MinLength(1), MaxLength(Collector.MostFacilities)] IReadOnlyList<string> Facilities,
    DateTimeOffset ValidUntil);

/// <param name="Volunteer">The number (<c>V-000123</c>) of whoever is to find it in the portal; may be left out. It stays this volunteer's.</param>
public sealed record NewCollector(string Label, IReadOnlyList<string> Forms, IReadOnlyList<string> Facilities, DateTimeOffset ValidUntil, [StringLength(20)] string? Volunteer = null)
    : CollectorScope(Label, Forms, Facilities, ValidUntil);

/// <param name="Volunteer">The number of who finds it in the portal.</param>
public sealed record CollectorView(Guid Id, string Label, IReadOnlyList<string> Forms, IReadOnlyList<string> Facilities, DateTimeOffset ValidUntil,
    string IssuedBy, DateTimeOffset IssuedAt, DateTimeOffset? RevokedAt, string? Volunteer)
{
    public static readonly Expression<Func<Collector, CollectorView>> Of =
        c => new CollectorView(c.Id, c.Label, c.Forms, c.Facilities, c.ValidUntil, c.IssuedBy, c.IssuedAt, c.RevokedAt, c.Volunteer == null ? null : c.Volunteer.Number);

    private static readonly Func<Collector, CollectorView> Compiled = Of.Compile();

    public static CollectorView From(Collector collector) => Compiled(collector);
}

/// <summary>The only answer that holds the token; who loses it issues another collector.</summary>
/// <param name="ServerUrl">What a person types into ODK Collect, or opens with Enketo.</param>
/// <param name="SettingsUrl">Collect's settings as JSON.</param>
/// <param name="QrUrl">The same as a QR code (PNG): scanned, the phone is ready. Whoever has these addresses has the permission.</param>
/// <param name="WebUrl">The questionnaires in a browser, for who has no app.</param>
public sealed record IssuedCollector(CollectorView Collector, string ServerUrl, string SettingsUrl, string QrUrl, string WebUrl);
