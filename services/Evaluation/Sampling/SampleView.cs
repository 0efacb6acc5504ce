using System.Linq.Expressions;

namespace BetterConnections.Evaluation.Sampling;

/// <param name="Clusters">Facilities asked for; null took all.</param>
/// <param name="PerCluster">Workers asked for at each.</param>
/// <param name="Instruments">Codes of what its members are asked.</param>
/// <param name="OfWave">Code of the wave whose respondents are asked again.</param>
/// <param name="FrameSha256">The same frame, design and seed are the same sample; in hexadecimal.</param>
/// <param name="Notes">What the design could not have as it asked for.</param>
public sealed record SampleView(int Number, SampleMethod Method, Stratification? StratifiedBy, int? Clusters, int? PerCluster, long? Seed, IReadOnlyList<string> Instruments, string? OfWave,
    string FrameSha256, int FrameFacilities, long FrameWorkers, int Facilities, int Respondents, IReadOnlyList<string> Notes, string DrawnBy, DateTimeOffset DrawnAt)
{
    public static Expression<Func<Sample, SampleView>> Of(EvaluationDb db) => s => new SampleView(s.Number, s.Method, s.StratifiedBy, s.Clusters, s.PerCluster, s.Seed, s.Instruments,
        db.Waves.Where(w => w.Id == s.OfWaveId).Select(w => w.Code).FirstOrDefault(), Convert.ToHexStringLower(s.FrameSha256), s.FrameFacilities, s.FrameWorkers,
        s.Facilities, s.Respondents, s.Notes, s.DrawnBy, s.DrawnAt);
}

/// <param name="Facility">Code.</param>
/// <param name="Workers">In the frame.</param>
/// <param name="Probability">To be drawn; null for one that was not.</param>
/// <param name="Members">Workers drawn.</param>
public sealed record ClusterView(string Facility, string Stratum, int Workers, double? Probability, int Members);

/// <param name="Respondent">Pseudonym.</param>
/// <param name="Facility">Code.</param>
/// <param name="Probability">To be in the sample.</param>
/// <param name="Weight">Workers of the frame that the respondent stands for.</param>
public sealed record MemberView(string Respondent, string Facility, string Stratum, double Probability, double Weight);
