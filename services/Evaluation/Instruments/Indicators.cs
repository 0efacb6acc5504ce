namespace BetterConnections.Evaluation.Instruments;

/// <summary>The programme's eleven indicators, under the names its reports have always had.</summary>
public static class Indicators
{
    public const string LabAccess = "lab-access";
    public const string LearningMaterials = "learning-materials";
    public const string InternetFrequency = "internet-frequency";
    public const string ConfidenceComputers = "confidence-computers";
    public const string ConfidenceInternet = "confidence-internet";
    public const string AreasOfImprovement = "areas-of-improvement";
    public const string Entertainment = "entertainment";
    public const string SustainableInternet = "sustainable-internet";
    public const string Support = "support";
    public const string IndependentUsers = "independent-users";
    public const string SixMonthImprovement = "six-month-improvement";

    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        [LabAccess] = "Access to the computer labs",
        [LearningMaterials] = "Access to learning materials",
        [InternetFrequency] = "Frequency of internet use",
        [ConfidenceComputers] = "Confidence in using desktop computers",
        [ConfidenceInternet] = "Confidence in accessing the internet",
        [AreasOfImprovement] = "Areas of improvement",
        [Entertainment] = "Use of the internet for entertainment",
        [SustainableInternet] = "Sustainable internet connections",
        [Support] = "Support of trainers and digital champions",
        [IndependentUsers] = "Independent users of technology",
        [SixMonthImprovement] = "Improvement over six months",
    };

    /// <summary>Slugs of the toolkit topics an item may tell of, the same as in Training.</summary>
    public static readonly IReadOnlySet<string> Topics = new HashSet<string>
    {
        "computer-basics", "internet-and-email", "keeping-in-touch", "government-services", "health-and-safety", "labour-rights", "money-transfer",
    };
}
