namespace BetterConnections.Volunteers;

/// <summary>A volunteer's way, from the application to the day it stops.</summary>
public enum VolunteerState
{
    Applied,
    /// <summary>At screening, with a reason; the programme office may think again.</summary>
    Rejected,
    /// <summary>May be trained, and may do what needs no certificate.</summary>
    Screened,
    InTraining,
    /// <summary>Passed a train-the-trainer course.</summary>
    Certified,
    /// <summary>Has accepted an assignment.</summary>
    Active,
    Inactive,
}

/// <summary>How well somebody speaks a language; ascending.</summary>
public enum LanguageLevel { Basic = 1, Good = 2, Fluent = 3, Native = 4 }
