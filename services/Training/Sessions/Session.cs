using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Toolkits;

namespace BetterConnections.Training.Sessions;

/// <summary><c>NeedsTrainer</c>: nobody is found yet, or the trainer is gone. <c>Delivered</c>: held, and its attendance is closed.</summary>
public enum SessionState { NeedsTrainer, Planned, Delivered, Cancelled }

/// <summary>Who teaches: a volunteer under an assignment, the training partner itself, or nobody yet.</summary>
public sealed record Teaching(Guid? TrainerId, Guid? AssignmentId, bool ByTrainingPartner)
{
    public static readonly Teaching ByPartner = new(null, null, true), ByNobodyYet = new(null, null, false);

    public static Teaching By(Guid trainer, Guid assignment) => new(trainer, assignment, false);
}

/// <summary>
/// One session of a topic, in one language, in one room. That a room or a trainer is taken once at a time is decided by the
/// database (exclusion constraints <c>room_taken</c> and <c>trainer_taken</c>).
/// </summary>
public sealed class Session
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15), Longest = TimeSpan.FromHours(8);

    private Session() { }

    public Guid Id { get; private set; }
    /// <summary>Slug of the toolkit topic.</summary>
    public string Topic { get; private set; } = null!;
    public Audience Audience { get; private set; }
    /// <summary>ISO 639-1.</summary>
    public string Language { get; private set; } = null!;
    /// <summary>Null where it is held elsewhere, as the training of volunteers may be.</summary>
    public Guid? FacilityId { get; private set; }
    public string? Venue { get; private set; }
    /// <summary>The volunteer who teaches; null where the training partner does, or nobody yet.</summary>
    public Guid? TrainerId { get; private set; }
    public Guid? AssignmentId { get; private set; }
    public DateTimeOffset Starts { get; private set; }
    public DateTimeOffset Ends { get; private set; }
    public int Seats { get; private set; }
    public SessionState State { get; private set; }
    /// <summary>Why it was called off.</summary>
    public string? Why { get; private set; }
    /// <summary>Grows whenever those who come have to know of a change (RFC 5545, SEQUENCE).</summary>
    public int Sequence { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    /// <summary>Common to the sessions that were planned together.</summary>
    public Guid? SeriesId { get; private set; }
    /// <summary>Sorts the timetable: the start in UTC to the minute, then the id.</summary>
    public string SortKey { get; private set; } = null!;
    /// <summary>As last published: how many were there, and their minutes together. Null until delivered.</summary>
    public int? Attended { get; private set; }
    public int? PersonMinutes { get; private set; }
    public uint Version { get; private set; }

    public int Minutes => (int)(Ends - Starts).TotalMinutes;
    public bool IsToCome => State is SessionState.NeedsTrainer or SessionState.Planned;

    public static Session Plan(string topic, Audience audience, string language, Guid? facilityId, string? venue, Slot slot, int seats, Teaching teaching,
        Guid? seriesId, DateTimeOffset now)
    {
        var session = new Session
        {
            Id = Guid.CreateVersion7(now),
            Topic = topic,
            Audience = audience,
            FacilityId = facilityId,
            Venue = venue,
            SeriesId = seriesId,
        };
        session.Set(language, slot, seats, teaching, now);
        return session;
    }

    /// <summary>Another time, language, number of seats or trainer; topic, audience and place stay, or it would be another session.</summary>
    public void Change(string language, Slot slot, int seats, Teaching teaching, DateTimeOffset now)
    {
        RequireToCome();
        if ((Starts, Ends) != (slot.Starts, slot.Ends) && (Starts <= now || slot.Starts <= now))
            throw new RuleBroken("session_begun", "A session that has begun is not moved, nor is one moved to where it would have begun.");
        Set(language, slot, seats, teaching, now);
        Sequence++;
    }

    public void Cancel(string why, DateTimeOffset now)
    {
        RequireToCome();
        (State, Why, ChangedAt) = (SessionState.Cancelled, why, now);
        Sequence++;
    }

    public void LoseTrainer(DateTimeOffset now)
    {
        (State, TrainerId, AssignmentId, ChangedAt) = (SessionState.NeedsTrainer, null, null, now);
        Sequence++;
    }

    /// <summary>It was held; the attendance so far is what counts, and what comes late corrects it.</summary>
    public void Deliver(int attended, int personMinutes, DateTimeOffset now)
    {
        RequireToCome();
        if (State == SessionState.NeedsTrainer) throw new RuleBroken("session_needs_trainer", "Nobody teaches this session; say who did before it is closed.");
        if (now < Starts) throw new RuleBroken("session_not_begun", "The session has not begun.");
        (State, Attended, PersonMinutes, ChangedAt) = (SessionState.Delivered, attended, personMinutes, now);
    }

    /// <summary>Takes in attendance that came after closing. Tells whether the figures differ from those published.</summary>
    public bool Correct(int attended, int personMinutes)
    {
        if ((Attended, PersonMinutes) == (attended, personMinutes)) return false;
        (Attended, PersonMinutes) = (attended, personMinutes);
        return true;
    }

    private void Set(string language, Slot slot, int seats, Teaching teaching, DateTimeOffset now)
    {
        (Language, Starts, Ends, Seats) = (language, slot.Starts, slot.Ends, seats);
        (TrainerId, AssignmentId, ChangedAt) = (teaching.TrainerId, teaching.AssignmentId, now);
        State = teaching == Teaching.ByNobodyYet ? SessionState.NeedsTrainer : SessionState.Planned;
        SortKey = $"{Starts.UtcDateTime:yyyyMMddHHmm}-{Id:n}";
    }

    private void RequireToCome()
    {
        if (!IsToCome) throw new RuleBroken("state_forbids", $"The session is {State}.").With("state", State);
    }
}

/// <summary>From when to when, in UTC and whole minutes.</summary>
public readonly record struct Slot(DateTimeOffset Starts, DateTimeOffset Ends)
{
    /// <exception cref="BadInput">session_length_not_valid</exception>
    public static Slot Of(DateTimeOffset starts, DateTimeOffset ends)
    {
        var slot = new Slot(Minute(starts), Minute(ends));
        var length = slot.Ends - slot.Starts;
        return length >= Session.Shortest && length <= Session.Longest ? slot
            : throw new BadInput("session_length_not_valid", $"A session lasts {Session.Shortest.TotalMinutes} minutes to {Session.Longest.TotalHours} hours.");
    }

    public bool Overlaps(DateTimeOffset starts, DateTimeOffset ends) => Starts < ends && starts < Ends;

    /// <summary>The same hour on the wall so many weeks later, also where clocks are put forward and back.</summary>
    public Slot After(int weeks, TimeZoneInfo zone) => new(Later(Starts, weeks, zone), Later(Ends, weeks, zone));

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset time, int weeks, TimeZoneInfo zone)
    {
        var wall = TimeZoneInfo.ConvertTime(time, zone).DateTime.AddDays(7 * weeks);
        return new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
    }
}
