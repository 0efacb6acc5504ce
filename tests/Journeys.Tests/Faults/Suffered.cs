using System.Globalization;

namespace BetterConnections.Journeys.Tests.Faults;

/// <summary>How requests fared from the beginning of a fault until work went on after it.</summary>
/// <param name="Recovered">Seconds from its end until every process was healthy and the gateway knew.</param>
/// <param name="LongestAnswer">Seconds; more is a complaint.</param>
/// <param name="LongestRecovery">Seconds; more is a complaint.</param>
internal sealed record Suffered(Fault Fault, IReadOnlyList<Measured> Measured, double Recovered, double LongestAnswer, double LongestRecovery)
{
    public static readonly string Heading = $"{"fault",-42} {"requests",8} {"2xx",6} {"4xx",5} {"502",5} {"503",5} {"504",5} {"none",5} {"slowest",8} {"recovered",9}";

    public int Requests => Measured.Count;
    public double Slowest => Measured.Where(m => m.IsAnswered).Select(m => m.Seconds).DefaultIfEmpty().Max();
    public IReadOnlyDictionary<string, int> ByStatus => Measured.CountBy(m => m.Status).OrderBy(s => s.Key).ToDictionary(s => s.Key.ToString(CultureInfo.InvariantCulture), s => s.Value);

    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"{Fault.Name,-42} {Requests,8} {Of(200, 299),6} {Of(400, 499),5} {Of(502),5} {Of(503),5} {Of(504),5} {Of(0),5} {Slowest,6:0.0} s {Recovered,7:0.0} s");

    public IEnumerable<string> Complaints
    {
        get
        {
            foreach (var slow in Measured.Where(m => m.IsAnswered && m.Seconds > LongestAnswer)) yield return $"{Fault.Name}: {slow.Request} was answered {slow.Status} after {slow.Seconds:0.0} s";
            if (!Fault.IsOfTheGateway && Of(0) is > 0 and var none) yield return $"{Fault.Name}: {none} requests were not answered";
            if (Fault.GoesUnnoticed && Of(500, 599) is > 0 and var failed) yield return $"{Fault.Name}: {failed} requests failed, e.g. {Measured.First(m => m.Status >= 500)}";
            if (Of(500) is > 0 and var broken) yield return $"{Fault.Name}: {broken} times 500";
            if (!Fault.IsColdStart && Recovered > LongestRecovery) yield return $"{Fault.Name}: healthy only {Recovered:0.0} s after its end";
        }
    }

    private int Of(int first, int last) => Measured.Count(m => m.Status >= first && m.Status <= last);

    private int Of(int status) => Of(status, status);
}
