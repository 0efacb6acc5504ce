using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>One interview from a partner's own system.</summary>
/// <param name="InstanceId">The partner's own id of it; with the form it makes a repetition the same submission. Other partners' ids do not matter.</param>
/// <param name="Card">Code of the worker's card; it is not kept among the answers.</param>
/// <param name="Respondent">The pseudonym, where the partner has it instead.</param>
/// <param name="Facility">Code.</param>
/// <param name="Deprecates">Instance id of the version that this one corrects.</param>
/// <param name="Answers">By item: text, a number, null where it was asked and left empty; left out where it was not asked. Several choices with a space between.</param>
public sealed record PartnerSubmission(
    [Required, StringLength(249, MinimumLength = 1)] string InstanceId,
    [Required, StringLength(64)] string FormId,
    [Required, StringLength(32)] string FormVersion,
    [property: JsonRequired] Dictionary<string, JsonElement> Answers,
    [StringLength(64)] string? Card = null,
    [StringLength(64)] string? Respondent = null,
    [StringLength(16)] string? Facility = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null,
    [StringLength(249)] string? Deprecates = null);

public sealed record PartnerSubmissions([Required, MinLength(1), MaxLength(500)] IReadOnlyList<PartnerSubmission> Submissions);

/// <param name="Outcome"><c>Stored</c>, <c>KnownAlready</c> or <c>Refused</c>.</param>
public sealed record BulkResult(string InstanceId, string Outcome, string? Code = null, string? Detail = null);

public sealed record BulkReport(int Stored, int KnownAlready, int Refused, IReadOnlyList<BulkResult> Results);

public static class SubmitInBulk
{
    /// <summary>Each on its own: the good ones are stored, the others say why not. Sending all again is harmless.</summary>
    public static async Task<BulkReport> Handle(PartnerSubmissions request, EvaluationDb db, PublishedForms forms, SubmissionReader reader, SubmissionStore store, ClaimsPrincipal user, CancellationToken cancel)
    {
        var codes = request.Submissions.Select(s => s.Facility).OfType<string>().Distinct().ToList();
        var facilities = await db.Facilities.Where(f => codes.Contains(f.Code!)).Select(f => f.Code!).ToHashSetAsync(cancel);

        var (partner, results) = (user.Subject(), new List<BulkResult>());
        foreach (var item in request.Submissions)
            try
            {
                if (item.InstanceId.Any(char.IsControl) || item.Deprecates?.Any(char.IsControl) == true) throw new BadInput("instance_id_not_valid", "An instance id has no control characters.");
                if (item.Facility is { } code && !facilities.Contains(code)) throw new BadInput("facility_unknown", $"There is no facility {code}.");
                // What is not found here is refused by the store, which knows why.
                var answers = await forms.OfAsync(item.FormId, item.FormVersion, cancel) is { } form ? PartnerAnswers.Read(form, item.Answers) : "{}";
                var outcome = await store.StoreAsync(new(item.FormId, item.FormVersion, $"{partner}/{item.InstanceId}", item.Deprecates is { } edited ? $"{partner}/{edited}" : null,
                    await reader.RespondentAsync(item.Card, item.Respondent, cancel), item.Facility, item.StartedAt?.ToUniversalTime(), item.EndedAt?.ToUniversalTime(), answers,
                    "application/json", JsonSerializer.SerializeToUtf8Bytes(item)) { SentBy = partner }, [], cancel);
                results.Add(new(item.InstanceId, outcome.ToString()));
            }
            catch (Refusal refusal)
            {
                results.Add(new(item.InstanceId, "Refused", refusal.Code, refusal.Message));
            }
        return new(results.Count(r => r.Outcome == nameof(StoreOutcome.Stored)), results.Count(r => r.Outcome == nameof(StoreOutcome.KnownAlready)),
            results.Count(r => r.Outcome == "Refused"), results);
    }
}
