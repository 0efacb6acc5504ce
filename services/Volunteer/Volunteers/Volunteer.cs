using BetterConnections.ServiceDefaults;
using BetterConnections.Volunteers.Certifications;

namespace BetterConnections.Volunteers;

/// <summary>Somebody who gives the programme time. No other service knows its name.</summary>
public sealed class Volunteer
{
    private const int HomeDecimals = 3;
    private readonly List<SpokenLanguage> _languages = [];
    private readonly List<Certification> _certifications = [];
    private readonly List<VolunteerEvent> _history = [];

    private Volunteer() { }

    public Guid Id { get; private set; }
    /// <summary><c>V-000123</c>. Null once erased, as is everything else that leads to a person.</summary>
    public string? Number { get; private set; }
    /// <summary>The token subject that is this volunteer.</summary>
    public string? Account { get; private set; }
    public string? Name { get; private set; }
    public string? Email { get; private set; }
    public string? Phone { get; private set; }
    public string? HomeArea { get; private set; }
    /// <summary>Degrees, WGS 84.</summary>
    public double? HomeLatitude { get; private set; }
    public double? HomeLongitude { get; private set; }
    public string? Motivation { get; private set; }
    public string[] Skills { get; private set; } = [];
    /// <summary><c>en</c> or <c>ar</c>.</summary>
    public string MessageLanguage { get; private set; } = null!;
    public VolunteerState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public DateTimeOffset AppliedAt { get; private set; }
    public DateTimeOffset? ErasedAt { get; private set; }
    public int HistoryLength { get; private set; }
    public uint Version { get; private set; }

    public IReadOnlyList<SpokenLanguage> Languages => _languages;
    public IReadOnlyList<Certification> Certifications => _certifications;
    public IReadOnlyList<VolunteerEvent> History => _history;

    /// <summary>ISO 639-1 codes.</summary>
    public IReadOnlyList<string> LanguagesBestFirst() => [.. _languages.OrderByDescending(l => l.Level).ThenBy(l => l.Language).Select(l => l.Language)];

    /// <summary>Accepted by the programme, and neither stopped nor erased.</summary>
    public bool IsScreened => State is VolunteerState.Screened or VolunteerState.InTraining or VolunteerState.Certified or VolunteerState.Active;

    public static Volunteer Apply(string account, string number, VolunteerDetails details, ProgrammeSettings programme, DateTimeOffset at)
    {
        var volunteer = new Volunteer { Id = Guid.CreateVersion7(at), Number = number, Account = account, AppliedAt = at };
        volunteer.Describe(details, programme);
        volunteer.Enter(VolunteerState.Applied, new Act(Act.Self, at));
        return volunteer;
    }

    public void Correct(VolunteerDetails details, ProgrammeSettings programme, DateTimeOffset at)
    {
        Describe(details, programme);
        Enter(State, new Act(Act.Self, at, "profile corrected"));
    }

    /// <summary>Something that belongs to the volunteer and is kept elsewhere has changed.</summary>
    public void Note(Act act) => Enter(State, act);

    public void Accept(Act act) => Move(VolunteerState.Screened, act, VolunteerState.Applied, VolunteerState.Rejected);

    public void Reject(Act act) => Move(VolunteerState.Rejected, act, VolunteerState.Applied);

    public void StartTraining(Act act) => Move(VolunteerState.InTraining, act, VolunteerState.Screened);

    public void Deactivate(Act act) =>
        Move(VolunteerState.Inactive, act, VolunteerState.Screened, VolunteerState.InTraining, VolunteerState.Certified, VolunteerState.Active);

    /// <summary>Takes the volunteer in again, where it stands now: certificates may have run out meanwhile.</summary>
    public void Reactivate(Act act) =>
        Move(CertifiedTopics(act.At).Count > 0 ? VolunteerState.Certified : VolunteerState.Screened, act, VolunteerState.Inactive);

    /// <summary>The volunteer has accepted an assignment.</summary>
    public void TakeUpWork(Act act)
    {
        RequireScreened();
        if (State != VolunteerState.Active) Enter(VolunteerState.Active, act);
    }

    /// <summary>Takes in what is certified, whichever of certificate and revocation is heard first.</summary>
    /// <param name="validUntil">Null where the certificate does not expire.</param>
    public void Certify(Guid certificateId, IReadOnlyList<string> topics, DateTimeOffset? validUntil, Act act)
    {
        Certificate(certificateId).Grant(topics, validUntil, act.At);
        if (State is VolunteerState.Screened or VolunteerState.InTraining && CertifiedTopics(act.At).Count > 0) Enter(VolunteerState.Certified, act);
    }

    /// <summary>A volunteer left without any certificate has to be trained anew; one that is active stays so, for there is work that needs none.</summary>
    public void Revoke(Guid certificateId, Act act)
    {
        Certificate(certificateId).Revoke(act.At);
        if (State == VolunteerState.Certified && CertifiedTopics(act.At).Count == 0) Enter(VolunteerState.InTraining, act);
    }

    /// <summary>What the volunteer may teach at <paramref name="at"/>. Certifications have to be loaded.</summary>
    public IReadOnlySet<string> CertifiedTopics(DateTimeOffset at) => _certifications.Where(c => c.CountsAt(at)).SelectMany(c => c.Topics).ToHashSet();

    /// <exception cref="RuleBroken">volunteer_inactive, volunteer_not_screened</exception>
    public void RequireScreened()
    {
        if (State == VolunteerState.Inactive) throw new RuleBroken("volunteer_inactive", $"{Number} has stopped volunteering.");
        if (!IsScreened) throw new RuleBroken("volunteer_not_screened", $"{Number} is {State}: not accepted by the programme.").With("state", State);
    }

    /// <exception cref="RuleBroken">volunteer_not_certified</exception>
    public void RequireCertified(IReadOnlyCollection<string> topics, DateTimeOffset at)
    {
        if (!IsCertified(topics, at))
            throw new RuleBroken("volunteer_not_certified", $"{Number} has no certificate that is valid then for what is to be taught.")
                .With("missing", topics.Except(CertifiedTopics(at)).ToList());
    }

    /// <summary>For all of the topics; where none is named, for any.</summary>
    public bool IsCertified(IReadOnlyCollection<string> topics, DateTimeOffset at)
    {
        var certified = CertifiedTopics(at);
        return certified.Count > 0 && topics.All(certified.Contains);
    }

    /// <summary>Forgets the person. The row stays, without a number, so that hours, visits and reports still add up.</summary>
    public void Erase(Act act)
    {
        (Number, Account, Name, Email, Phone, Motivation) = (null, null, null, null, null, null);
        (HomeArea, HomeLatitude, HomeLongitude, Skills) = (null, null, null, []);
        _languages.Clear();
        ErasedAt = act.At;
        Enter(VolunteerState.Inactive, act);
    }

    private void Describe(VolunteerDetails details, ProgrammeSettings programme)
    {
        details.Check(programme);
        (Name, Email, Phone, Motivation) = (details.Name.Trim(), details.Email, details.Phone, details.Motivation);
        HomeArea = details.HomeArea?.Trim();
        (HomeLatitude, HomeLongitude) = (Coarse(details.HomeLatitude), Coarse(details.HomeLongitude));
        (Skills, MessageLanguage) = ([.. details.Skills.Distinct()], details.MessageLanguage);
        _languages.RemoveAll(l => details.Languages.All(d => d.Language != l.Language));
        foreach (var (language, level) in details.Languages)
            if (_languages.Find(l => l.Language == language) is { } known) known.Level = level;
            else _languages.Add(new() { VolunteerId = Id, Language = language, Level = level });
    }

    private static double? Coarse(double? degrees) => degrees is { } d ? Math.Round(d, HomeDecimals) : null;

    private Certification Certificate(Guid id)
    {
        if (_certifications.Find(c => c.Id == id) is { } known) return known;
        var certificate = new Certification(id, Id);
        _certifications.Add(certificate);
        return certificate;
    }

    private void Move(VolunteerState to, Act act, params ReadOnlySpan<VolunteerState> from)
    {
        if (!from.Contains(State)) throw new RuleBroken("state_forbids", $"{Number} is {State}; it cannot become {to}.").With("state", State);
        Enter(to, act);
    }

    private void Enter(VolunteerState to, Act act)
    {
        _history.Add(new VolunteerEvent { VolunteerId = Id, Seq = ++HistoryLength, At = act.At, By = act.By, Why = act.Why, ToState = to });
        if (State != to || HistoryLength == 1) StateSince = act.At;
        State = to;
    }
}

public sealed class SpokenLanguage
{
    public Guid VolunteerId { get; init; }
    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }
    public LanguageLevel Level { get; set; }
}

/// <summary>One entry of a volunteer's history.</summary>
public sealed class VolunteerEvent
{
    public long Id { get; init; }
    public Guid VolunteerId { get; init; }
    public int Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? Why { get; init; }
    public VolunteerState ToState { get; init; }
}
