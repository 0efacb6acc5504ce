using System.Security.Claims;
using BetterConnections.Enrollment.Facilities;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Enrollment.Readiness;

/// <param name="Missing">The mandatory items that keep the hardware away; empty when the space can be declared ready.</param>
public sealed record ChecklistView(IReadOnlyList<MissingItem> Missing, IReadOnlyList<ChecklistItemView> Items);

/// <param name="Why"><c>not_done</c>, <c>not_inspected</c> or <c>failed</c>.</param>
public sealed record MissingItem(string Item, string Why);

/// <param name="DoneAt">Null until the employer marks it done.</param>
/// <param name="Passed">Null until inspected.</param>
public sealed record ChecklistItemView(string Item, string English, string Arabic, bool Mandatory, bool EvidenceNeeded, string? Note, DateTimeOffset? DoneAt,
    bool? Passed, string? Remark, DateTimeOffset? InspectedAt, IReadOnlyList<EvidenceView> Evidence);

public sealed record EvidenceView(Guid Id, string? FileName, string ContentType, int Bytes, DateTimeOffset UploadedAt);

public static class ReadChecklist
{
    /// <summary>All the programme's items in order, with what was marked, shown and found at this facility.</summary>
    public static async Task<ChecklistView> Handle(Guid id, EnrollmentDb db, ProgrammeSettings programme, ClaimsPrincipal user, CancellationToken cancel)
    {
        var facility = await db.Facilities.AsNoTracking().SeenBy(user).OneAsync(id, cancel);
        var marks = await db.ChecklistMarks.AsNoTracking().Where(m => m.FacilityId == facility.Id).ToDictionaryAsync(m => m.Item, cancel);
        var evidence = (await db.Evidence.Where(e => e.FacilityId == id).OrderBy(e => e.UploadedAt)
            .Select(e => new { e.Item, View = new EvidenceView(e.Id, e.FileName, e.ContentType, e.Bytes, e.UploadedAt) }).ToListAsync(cancel))
            .ToLookup(e => e.Item, e => e.View);
        return new(Missing(programme, marks), [.. programme.Checklist.Select(item =>
        {
            var mark = marks.GetValueOrDefault(item.Code);
            return new ChecklistItemView(item.Code, item.English, item.Arabic, item.Mandatory, item.Evidence, mark?.Note, mark?.DoneAt,
                mark?.Passed, mark?.Remark, mark?.InspectedAt, [.. evidence[item.Code]]);
        })]);
    }

    internal static IReadOnlyList<MissingItem> Missing(ProgrammeSettings programme, IReadOnlyDictionary<string, ChecklistMark> marks) =>
    [
        .. programme.Checklist.Where(i => i.Mandatory).Select(i => (i.Code, Mark: marks.GetValueOrDefault(i.Code))).Where(i => i.Mark?.Passed != true)
            .Select(i => new MissingItem(i.Code, i.Mark switch { null => "not_done", { Passed: null } => "not_inspected", _ => "failed" })),
    ];

    internal static ChecklistItem Item(this ProgrammeSettings programme, string code) => programme.Checklist.FirstOrDefault(i => i.Code == code)
        ?? throw new NotThere("checklist_item_unknown", $"The checklist has no item '{code}'.");
}
