using BetterConnections.ServiceDefaults;

namespace BetterConnections.Training.Attendance;

/// <summary>
/// One scan of a card as a device sent it. Marks are never changed or deleted, only withdrawn: together they are the audit of <see cref="AttendanceRecord"/>.
/// </summary>
public sealed class AttendanceMark
{
    /// <summary>More corrections than anybody makes, so that a greatest number gone wrong does not stand above all others.</summary>
    public const int MostRevisions = 1000;

    /// <summary>Made by the device, so that a mark which is sent again is recognised.</summary>
    public Guid Id { get; init; }
    public Guid SessionId { get; init; }
    public Guid LearnerId { get; init; }
    /// <summary>1 for the first mark of a person in a session; a correction carries a greater one.</summary>
    public int Revision { get; init; }
    /// <summary>Minutes attended, at most the session's length.</summary>
    public int Minutes { get; init; }
    /// <summary>The device's own clock.</summary>
    public DateTimeOffset DeviceTime { get; init; }
    /// <summary>What had to be added to the device's clock, in seconds: when the batch was received less when the device says it sent it.</summary>
    public int ClockOffset { get; init; }
    /// <summary>A worker of another facility.</summary>
    public bool IsGuest { get; init; }
    /// <summary>The account or partner system, or <c>trainer</c>: who that was stands on the session.</summary>
    public required string RecordedBy { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    /// <summary>Since when it does not count; sent again it still does not.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }
    /// <summary>As <see cref="RecordedBy"/>.</summary>
    public string? WithdrawnBy { get; private set; }
    public string? WhyWithdrawn { get; private set; }

    /// <summary>Of several marks of a person in a session the one with the greatest counts.</summary>
    public (int, int, Guid) Rank => (Revision, Minutes, Id);

    /// <exception cref="RuleBroken">mark_already_withdrawn</exception>
    public void Withdraw(string why, string by, DateTimeOffset at)
    {
        if (WithdrawnAt is not null) throw new RuleBroken("mark_already_withdrawn", "This mark was withdrawn before.");
        (WithdrawnAt, WithdrawnBy, WhyWithdrawn) = (at, by, why);
    }
}

/// <summary>
/// That somebody was at a session, and how long: once for each learner and session. Of several marks the one with the greatest
/// revision counts; of equal ones the longer, then the one with the greater id. All three are made by the devices, so the same marks give
/// the same record in whatever order they come.
/// </summary>
public sealed class AttendanceRecord
{
    public Guid SessionId { get; init; }
    public Guid LearnerId { get; init; }
    public int Minutes { get; private set; }
    public int Revision { get; private set; }
    public Guid MarkId { get; private set; }
    public bool IsGuest { get; private set; }
    public DateTimeOffset RecordedAt { get; private set; }

    public static AttendanceRecord From(AttendanceMark mark)
    {
        var record = new AttendanceRecord { SessionId = mark.SessionId, LearnerId = mark.LearnerId };
        record.Copy(mark);
        return record;
    }

    /// <summary>Tells whether anything is different now.</summary>
    public bool Take(AttendanceMark mark)
    {
        if (mark.Rank.CompareTo((Revision, Minutes, MarkId)) <= 0) return false;
        Copy(mark);
        return true;
    }

    /// <summary>The mark that counted was withdrawn, and this one is the next.</summary>
    public void FallBackTo(AttendanceMark mark) => Copy(mark);

    private void Copy(AttendanceMark mark) =>
        (Minutes, Revision, MarkId, IsGuest, RecordedAt) = (mark.Minutes, mark.Revision, mark.Id, mark.IsGuest, mark.ReceivedAt);
}
