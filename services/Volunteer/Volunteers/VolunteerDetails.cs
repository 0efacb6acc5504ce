using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using System.Text.Json.Serialization;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Volunteers;

public sealed record LanguageSkill([Required] string Language, [property: JsonRequired] LanguageLevel Level);

/// <summary>What a volunteer says of itself, at the application and later.</summary>
/// <param name="Languages">ISO 639-1 codes, each once.</param>
/// <param name="Skills">Of the programme's skills: what the volunteer offers to do.</param>
/// <param name="HomeArea">A part of town, not an address.</param>
/// <param name="HomeLatitude">Degrees, WGS 84; kept to three decimals, about a hundred metres. Given with <paramref name="HomeLongitude"/> or not at all.</param>
/// <param name="MessageLanguage"><c>en</c> or <c>ar</c>: what messages and letters are written in.</param>
public sealed record VolunteerDetails(
    [Required, StringLength(200, MinimumLength = 2)] string Name,
    [Required, EmailAddress, StringLength(254)] string Email,
    [Required, MinLength(1), MaxLength(30)] IReadOnlyList<LanguageSkill> Languages,
    [Required, MinLength(1), MaxLength(30)] IReadOnlyList<string> Skills,
    [Phone, StringLength(30)] string? Phone = null,
    [StringLength(200)] string? HomeArea = null,
    [Range(-90, 90)] double? HomeLatitude = null,
    [Range(-180, 180)] double? HomeLongitude = null,
    [StringLength(2000)] string? Motivation = null,
    [RegularExpression("en|ar")] string MessageLanguage = "en")
{
    /// <exception cref="BadInput">
    /// email_not_valid, text_not_valid, language_unknown, language_twice, skill_unknown, coordinates_incomplete, coordinates_outside_country
    /// </exception>
    internal void Check(ProgrammeSettings programme)
    {
        if (!MailAddress.TryCreate(Email, out var address) || address.Address != Email)
            throw new BadInput("email_not_valid", "Messages cannot be sent to this e-mail address.");
        if (Name.Any(char.IsControl)) throw new BadInput("text_not_valid", "The name holds a control character.");
        programme.RequireLanguages(Languages.Select(l => l.Language));
        if (Languages.DistinctBy(l => l.Language).Count() < Languages.Count) throw new BadInput("language_twice", "A language is named twice.");
        programme.RequireSkills(Skills);
        if (HomeLatitude is null != HomeLongitude is null)
            throw new BadInput("coordinates_incomplete", "Give latitude and longitude, or neither.");
        if (HomeLatitude is { } latitude && !programme.Bounds.Contain(latitude, HomeLongitude!.Value))
            throw new BadInput("coordinates_outside_country",
                $"{latitude}, {HomeLongitude} is not in {programme.Country}. Latitude comes first, longitude second, in degrees.");
    }
}
