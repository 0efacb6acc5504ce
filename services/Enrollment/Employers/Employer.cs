using BetterConnections.ServiceDefaults;

namespace BetterConnections.Enrollment.Employers;

public enum EmployerState { UnderReview, Approved, Rejected }

/// <summary>A company that houses workers. Its id is that of its organisation, so that an account's <c>org</c> claim says which is its own.</summary>
public sealed class Employer
{
    private readonly List<EmployerEvent> _history = [];

    private Employer() { }

    public Guid Id { get; private set; }
    public string CommercialRegistration { get; private set; } = null!;
    public string Name { get; private set; } = null!;
    public string? ContactName { get; private set; }
    public string? ContactEmail { get; private set; }
    public string? ContactPhone { get; private set; }
    public EmployerState State { get; private set; }
    public DateTimeOffset StateSince { get; private set; }
    public DateTimeOffset RegisteredAt { get; private set; }
    public int HistoryLength { get; private set; }
    public uint Version { get; private set; }

    public IReadOnlyList<EmployerEvent> History => _history;

    public static Employer Register(Guid organisation, EmployerDetails details, Act act)
    {
        var employer = new Employer { Id = organisation, RegisteredAt = act.At };
        employer.Describe(details);
        employer.Enter(EmployerState.UnderReview, act);
        return employer;
    }

    /// <summary>Once approved, the registration number stands: the review was of that company.</summary>
    public void Change(EmployerDetails details, Act act)
    {
        if (State == EmployerState.Approved && RegistrationNumber.Require(details.CommercialRegistration) != CommercialRegistration)
            throw new RuleBroken("registration_number_fixed", "The registration number of an approved employer cannot be changed.");
        Describe(details);
        Enter(State, act);
    }

    public void Approve(Act act) => Decide(EmployerState.Approved, act);

    public void Reject(Act act) => Decide(EmployerState.Rejected, act);

    /// <summary>A rejected employer has put right what was wrong and asks for another review.</summary>
    public void AskAgain(Act act)
    {
        if (State != EmployerState.Rejected) throw Forbidden("ask for another review");
        Enter(EmployerState.UnderReview, act);
    }

    private void Decide(EmployerState decision, Act act)
    {
        if (State != EmployerState.UnderReview) throw Forbidden($"become {decision}");
        Enter(decision, act);
    }

    private Refusal Forbidden(string what) => new RuleBroken("state_forbids", $"The employer is {State}; it cannot {what}.").With("state", State);

    private void Describe(EmployerDetails details)
    {
        CommercialRegistration = RegistrationNumber.Require(details.CommercialRegistration);
        Name = details.Name.Trim();
        (ContactName, ContactEmail, ContactPhone) = (details.ContactName, details.ContactEmail, details.ContactPhone);
    }

    private void Enter(EmployerState to, Act act)
    {
        _history.Add(new EmployerEvent { EmployerId = Id, Seq = ++HistoryLength, At = act.At, By = act.By, Why = act.Why, ToState = to });
        if (State != to || HistoryLength == 1) StateSince = act.At;
        State = to;
    }
}

/// <summary>One entry of an employer's history; never changed or deleted.</summary>
public sealed class EmployerEvent
{
    public long Id { get; init; }
    public Guid EmployerId { get; init; }
    public int Seq { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public string? Why { get; init; }
    public EmployerState ToState { get; init; }
}
