using System.Security.Cryptography;
using BetterConnections.ServiceDefaults;

namespace BetterConnections.Evaluation.Instruments;

/// <summary>One of the programme's questionnaires through all its versions.</summary>
public sealed class Instrument
{
    private Instrument() { }

    /// <summary><c>I1</c> to <c>I7</c> for the programme's own.</summary>
    public string Code { get; private set; } = null!;
    /// <summary>How survey apps know it; never changes.</summary>
    public string FormId { get; private set; } = null!;
    /// <summary>The number of its latest version.</summary>
    public int LatestNumber { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public uint Version { get; private set; }

    public static Instrument Create(InstrumentDefinition definition, DateTimeOffset at) =>
        new() { Code = definition.Code, FormId = definition.FormId, CreatedAt = at };

    /// <summary>A new draft. The database allows one at a time (<c>draft_already_open</c>).</summary>
    public InstrumentVersion Draft(InstrumentDefinition definition, string by, DateTimeOffset at)
    {
        var draft = InstrumentVersion.Of(this, ++LatestNumber, by, at);
        draft.Edit(definition);
        return draft;
    }

    /// <summary>The draft was thrown away before anyone saw it, so its number is free again.</summary>
    public void Discard(InstrumentVersion draft)
    {
        draft.RequireState(InstrumentState.Draft);
        LatestNumber--;
    }
}

public enum InstrumentState { Draft, Published, Closed }

/// <summary>
/// One state of an instrument's text. A published version never changes, and stays published beside its successors until it is closed:
/// phones in the field finish their interviews with the version they have.
/// </summary>
public sealed class InstrumentVersion
{
    private InstrumentVersion() { }

    public Guid Id { get; private set; }
    public string InstrumentCode { get; private set; } = null!;
    public string FormId { get; private set; } = null!;
    /// <summary>1, 2, 3, … within the instrument.</summary>
    public int Number { get; private set; }
    public InstrumentState State { get; private set; }
    /// <summary>The <c>version</c> of the form, day and number (<c>2026112201</c>); null for a draft.</summary>
    public string? FormVersion { get; private set; }
    public string Title { get; private set; } = null!;
    public string? Description { get; private set; }
    public RespondentGroup Respondent { get; private set; }
    /// <summary>Complete ones; the first is the default.</summary>
    public IReadOnlyList<string> Languages { get; private set; } = [];
    /// <summary>Names of <see cref="ExternalFiles"/> that go with the form.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];
    public InstrumentDefinition Definition { get; private set; } = null!;
    /// <summary>The XForm as it is given to survey apps, byte for byte; null for a draft.</summary>
    public byte[]? Xform { get; private set; }
    /// <summary>Of <see cref="Xform"/>, in lower-case hexadecimal.</summary>
    public string? Md5 { get; private set; }
    public string DraftedBy { get; private set; } = null!;
    public DateTimeOffset DraftedAt { get; private set; }
    public string? PublishedBy { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public string? ClosedBy { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public uint Version { get; private set; }

    internal static InstrumentVersion Of(Instrument instrument, int number, string by, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        InstrumentCode = instrument.Code,
        FormId = instrument.FormId,
        Number = number,
        DraftedBy = by,
        DraftedAt = at,
    };

    public void Edit(InstrumentDefinition definition)
    {
        RequireState(InstrumentState.Draft);
        if ((definition.Code, definition.FormId) != (InstrumentCode, FormId))
            throw new BadInput("instrument_not_the_same", $"This is a version of {InstrumentCode}, whose form is {FormId}.");
        (Definition, Title, Description) = (definition, definition.Title, definition.Description);
        (Respondent, Languages) = (definition.Respondent, [.. definition.Languages]);
    }

    /// <summary>Renders the form, once and for ever.</summary>
    public void Publish(Standard standard, string by, DateTimeOffset at)
    {
        RequireState(InstrumentState.Draft);
        Definition.RequireSound(standard);
        State = InstrumentState.Published;
        FormVersion = $"{at.UtcDateTime:yyyyMMdd}{Number:00}";
        Xform = XForm.Render(Definition, FormVersion);
        Md5 = Convert.ToHexStringLower(MD5.HashData(Xform));
        Files = XForm.FilesOf(Definition);
        (PublishedBy, PublishedAt) = (by, at);
    }

    /// <summary>From here on nothing more is taken with this version.</summary>
    public void Close(string by, DateTimeOffset at)
    {
        RequireState(InstrumentState.Published);
        (State, ClosedBy, ClosedAt) = (InstrumentState.Closed, by, at);
    }

    public void RequireState(InstrumentState state)
    {
        if (State != state)
            throw new RuleBroken("state_forbids", $"Version {Number} of {InstrumentCode} is {State}; this is for one that is {state}.").With("state", State);
    }
}
