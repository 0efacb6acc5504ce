using BetterConnections.Volunteers.Openings;

namespace BetterConnections.Volunteers;

/// <summary>How volunteers' work is planned; section <c>Volunteering</c>. Another programme sets its own.</summary>
public sealed class VolunteeringSettings
{
    /// <summary>Trainers asked for when a facility opens, one for each of its main languages.</summary>
    public int TrainersPerFacility { get; init; } = 2;
    public RoleNeed Assessor { get; init; } = new() { Days = 30, HoursPerWeek = 4 };
    public RoleNeed Inspector { get; init; } = new() { Days = 60, HoursPerWeek = 4 };
    public RoleNeed Installer { get; init; } = new() { Days = 30, HoursPerWeek = 6 };
    public RoleNeed Trainer { get; init; } = new() { Days = 180, HoursPerWeek = 4 };
    public RoleNeed Monitor { get; init; } = new() { Days = 180, HoursPerWeek = 2 };

    public MatchingWeights Matching { get; init; } = new();
    /// <summary>Kilometres at which half of the points for distance are left.</summary>
    public double HalfDistanceKm { get; init; } = 10;
    /// <summary>Hours a week from which a volunteer has no time for more.</summary>
    public double FullLoadHoursPerWeek { get; init; } = 12;

    /// <summary>Days an offer or a request waits for its answer, unless it says until when.</summary>
    public int OfferDays { get; init; } = 7;
    /// <summary>Hours before the next shift until which a volunteer may step back.</summary>
    public int NoticeHours { get; init; } = 24;
    /// <summary>Minutes by which a check-in may be before its shift, and a check-out after it.</summary>
    public int VisitToleranceMinutes { get; init; } = 120;
    /// <summary>Days after which an offline phone's visits and reports are no longer taken.</summary>
    public int LateDays { get; init; } = 30;
    /// <summary>Minutes by which a device's clock may be wrong before it is noted and set right.</summary>
    public int ClockToleranceMinutes { get; init; } = 2;
    /// <summary>Computers of a kit: what a site report expects, at most, where a delivery was not heard of yet.</summary>
    public int KitComputers { get; init; } = 10;

    public RoleNeed For(AssignmentRole role) => role switch
    {
        AssignmentRole.Assessor => Assessor,
        AssignmentRole.Inspector => Inspector,
        AssignmentRole.Installer => Installer,
        AssignmentRole.Trainer => Trainer,
        _ => Monitor,
    };
}

/// <summary>What an opening asks for when nobody says otherwise.</summary>
public sealed class RoleNeed
{
    /// <summary>How long from the day of its cause.</summary>
    public int Days { get; init; }
    public int HoursPerWeek { get; init; }
}

/// <summary>The most points each factor of the matching gives; together 100 by default.</summary>
public sealed class MatchingWeights
{
    public double Language { get; init; } = 35;
    public double Certificate { get; init; } = 25;
    public double Distance { get; init; } = 20;
    public double Availability { get; init; } = 12;
    public double Load { get; init; } = 8;
}
