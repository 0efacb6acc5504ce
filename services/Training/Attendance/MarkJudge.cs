using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Sessions;

namespace BetterConnections.Training.Attendance;

/// <summary>Whether a mark counts in a session, and for how many minutes.</summary>
/// <param name="sentAt">The device's clock as it sent the batch.</param>
/// <param name="receivedAt">This service's clock as it came: the difference is how wrong the device's clock is.</param>
internal sealed class MarkJudge(Session session, DateTimeOffset sentAt, DateTimeOffset receivedAt, SessionSettings settings)
{
    private readonly TimeSpan _offset = receivedAt - sentAt;

    /// <summary>Seconds to add to the device's times.</summary>
    public int ClockOffset => (int)Math.Clamp(_offset.TotalSeconds, int.MinValue, int.MaxValue);

    /// <param name="learner">Whose card it is, if it is anybody's.</param>
    /// <param name="known">The mark that has this id already, if one has.</param>
    /// <exception cref="Refusal">The mark does not count, by its code; nothing is changed.</exception>
    public AttendanceMark Judge(Mark sent, Learner? learner, AttendanceMark? known, string by)
    {
        if (learner is null) throw new RuleBroken("card_unknown", "No learner has this card.");
        if (!session.IsFor(learner)) throw new RuleBroken("learner_not_of_audience", "The session is for others.");
        if (sent.Revision is < 1 or > AttendanceMark.MostRevisions)
            throw new BadInput("revision_not_valid", $"Revisions count from 1 to {AttendanceMark.MostRevisions}.");
        var minutes = MinutesOf(sent);
        if (known is not null)
            return (known.SessionId, known.LearnerId, known.Revision, known.Minutes) == (session.Id, learner.Id, sent.Revision, minutes) ? known
                : throw new RuleBroken("mark_id_reused", "Another mark has this id.");

        var time = (sent.At ?? sent.Out ?? sent.In ?? sentAt).ToUniversalTime();
        var latest = receivedAt.AddSeconds(settings.ClockToleranceSeconds);
        if (Corrected(time) > latest || sent.Out is { } left && Corrected(left) > latest || sent.In is { } came && Corrected(came) > latest)
            throw new RuleBroken("time_in_future", "The mark was made later than now by the device's own clock.");
        if (Corrected(time) < session.Starts.AddMinutes(-settings.EarlyMinutes))
            throw new RuleBroken("time_before_session", "The mark was made before the session.");
        return new()
        {
            Id = sent.Id!.Value,
            SessionId = session.Id,
            LearnerId = learner.Id,
            Revision = sent.Revision,
            Minutes = minutes,
            DeviceTime = time,
            ClockOffset = ClockOffset,
            IsGuest = session.FacilityId is { } here && learner.FacilityId is { } home && home != here,
            RecordedBy = by,
            ReceivedAt = receivedAt,
        };
    }

    /// <summary>From the marks alone and never from the clocks, so that a mark sent again has the same.</summary>
    private int MinutesOf(Mark sent)
    {
        if (sent.Minutes is { } minutes)
            return minutes is > 0 and <= 24 * 60 ? Math.Min(minutes, session.Minutes) : throw new BadInput("minutes_not_valid", "Minutes are 1 to 1440.");
        if (sent is not { In: { } came, Out: { } left }) return session.Minutes;
        return left > came ? (int)Math.Clamp(Math.Round((left - came).TotalMinutes), 1, session.Minutes)
            : throw new BadInput("time_not_valid", "Nobody leaves before coming.");
    }

    /// <summary>The service's time at the device's; a time at the end of the calendar is only ever the future.</summary>
    private DateTimeOffset Corrected(DateTimeOffset device)
    {
        var ticks = device.UtcTicks + _offset.Ticks;
        return new(Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }
}
