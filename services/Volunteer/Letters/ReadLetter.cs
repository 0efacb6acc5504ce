using System.Security.Claims;
using System.Text;
using BetterConnections.Documents;
using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Openings;
using BetterConnections.Volunteers.Visits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Volunteers.Letters;

public static class ReadLetter
{
    private const string Page = "text/html", Pdf = "application/pdf";

    /// <summary>
    /// The recognition letter over the hours approved so far: a PDF in English, or a page to print in the volunteer's language, by the
    /// Accept header. A name that the PDF's fonts cannot write comes as a page alone. 404 <c>no_hours_approved</c> while there are none.
    /// </summary>
    public static async Task<IResult> Handle(Guid id, VolunteerDb db, ProgrammeSettings programme, ClaimsPrincipal user, TimeProvider clock, HttpContext http,
        CancellationToken cancel)
    {
        var volunteer = await db.Volunteers.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        var given = await db.GivenAsync(id, programme, cancel) ?? throw new NotThere("no_hours_approved", "No hours of this volunteer have been approved yet.");
        var letter = await db.IssueAsync(id, given, clock.GetUtcNow(), cancel);

        string[] forms = !DrawnPdf.CanWrite(volunteer.Name!) ? [Page] : volunteer.MessageLanguage == "ar" ? [Page, Pdf] : [Pdf, Page];
        var form = http.Request.Choose(forms);
        http.Response.Headers.Vary = "Accept";
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.ContentDisposition = $"inline; filename=\"{letter.Number}.{form.Split('/')[1]}\"";
        return form == Pdf
            ? TypedResults.Bytes(LetterPrint.Pdf(letter, given, volunteer, programme), Pdf)
            : TypedResults.Text(LetterPrint.Html(letter, given, volunteer, programme), Page, Encoding.UTF8);
    }

    private static async Task<Given?> GivenAsync(this VolunteerDb db, Guid volunteerId, ProgrammeSettings programme, CancellationToken cancel)
    {
        var roles = await db.Set<Visit>().Where(v => v.VolunteerId == volunteerId && v.State == VisitState.Approved).GroupBy(v => v.Role)
            .Select(g => new { Role = g.Key, Minutes = g.Sum(v => v.ApprovedMinutes!.Value), First = g.Min(v => v.InAt), Last = g.Max(v => v.InAt) }).ToListAsync(cancel);
        if (roles.Sum(r => r.Minutes) == 0) return null;
        var facilities = await db.Set<Visit>().Where(v => v.VolunteerId == volunteerId && v.State == VisitState.Approved).Select(v => v.FacilityId).Distinct().CountAsync(cancel);
        return new(roles.Sum(r => r.Minutes), facilities, programme.Day(roles.Min(r => r.First)), programme.Day(roles.Max(r => r.Last)),
            [.. roles.Select(r => new RoleMinutes(r.Role.Word(), r.Minutes)).OrderByDescending(r => r.Minutes).ThenBy(r => r.Role)]);
    }

    /// <summary>The letter over just these figures, with a new number where there is none yet.</summary>
    private static async Task<Letter> IssueAsync(this VolunteerDb db, Guid volunteerId, Given given, DateTimeOffset now, CancellationToken cancel)
    {
        var figures = Letter.FiguresOf(given);
        var issued = db.Set<Letter>().AsNoTracking().Where(l => l.VolunteerId == volunteerId && l.Figures == figures);
        if (await issued.SingleOrDefaultAsync(cancel) is { } known) return known;
        await db.Database.ExecuteSqlAsync($"""
            insert into letters (id, number, volunteer_id, issued_at, figures)
            values ({Guid.CreateVersion7(now)}, 'L-' || lpad(nextval('letter_numbers')::text, 6, '0'), {volunteerId}, {now}, {figures})
            on conflict (volunteer_id, figures) do nothing
            """, cancel);
        return await issued.SingleAsync(cancel);
    }
}
