namespace BetterConnections.Statistics;

/// <summary>
/// Agreement of two ratings of the same respondents beyond chance (Cohen 1960), (pₒ − pₑ)/(1 − pₑ): for example "independent" by the
/// worker's own word and by the observer's tasks.
/// </summary>
public static class Kappa
{
    /// <param name="table">Counts, row by row: first rating down, second across, square.</param>
    /// <returns>−1 to 1; no variation when both raters always gave the same one answer.</returns>
    public static Outcome<double> Of(IReadOnlyList<IReadOnlyList<int>> table) => Shares.Of(table).Then<double>(s => s.Kappa);

    /// <summary>Kappa ± z · standard error for large samples (Fleiss, Cohen &amp; Everitt 1969). None at perfect agreement.</summary>
    public static Outcome<Interval> Interval(IReadOnlyList<IReadOnlyList<int>> table, double level = 0.95)
    {
        var z = Distributions.NormalCritical(Require.Level(level));
        return Shares.Of(table).Then<Interval>(s =>
        {
            var error = s.StandardError;
            return error > 0 ? new Interval(s.Kappa - z * error, s.Kappa + z * error).Within(-1, 1) : Obstacle.AtTheBoundary;
        });
    }

    /// <summary>Two yes-or-no ratings of each respondent.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Table(IEnumerable<(bool First, bool Second)> ratings)
    {
        int[][] table = [[0, 0], [0, 0]];
        foreach (var (first, second) in ratings) table[first ? 1 : 0][second ? 1 : 0]++;
        return table;
    }

    private readonly record struct Shares(double[,] P, double[] Rows, double[] Columns, double N)
    {
        private double Observed => Moments.Sum(Enumerable.Range(0, Rows.Length).Select(Agreed));

        private double Expected => Moments.Sum(Rows.Zip(Columns, (r, c) => r * c));

        public double Kappa => Math.Min(1, (Observed - Expected) / (1 - Expected));

        public double StandardError
        {
            get
            {
                var (size, disagreement, expected) = (Rows.Length, 1 - Kappa, Expected);
                var terms = new List<double>();
                for (var i = 0; i < size; i++)
                {
                    for (var j = 0; j < size; j++)
                    {
                        var factor = i == j ? 1 - (Rows[i] + Columns[i]) * disagreement : disagreement * (Columns[i] + Rows[j]);
                        terms.Add(P[i, j] * factor * factor);
                    }
                }
                var last = Kappa - expected * disagreement;
                var variance = Moments.Sum(terms) - last * last;
                // What is left at perfect agreement is rounding.
                return variance <= 1e-15 ? 0 : Math.Sqrt(variance / N) / (1 - expected);
            }
        }

        public static Outcome<Shares> Of(IReadOnlyList<IReadOnlyList<int>> table)
        {
            var size = table.Count;
            if (size < 2 || table.Any(row => row.Count != size)) throw new ArgumentException("The table is square, of two or more answers.", nameof(table));
            if (table.Any(row => row.Any(count => count < 0))) throw new ArgumentOutOfRangeException(nameof(table), "Counts are not negative.");
            double n = table.Sum(row => row.Sum(count => (long)count));
            if (n == 0) return Obstacle.NoObservations;

            var shares = new Shares(new double[size, size], new double[size], new double[size], n);
            for (var i = 0; i < size; i++)
            {
                shares.Rows[i] = table[i].Sum(count => (long)count) / n;
                shares.Columns[i] = table.Sum(row => (long)row[i]) / n;
                for (var j = 0; j < size; j++) shares.P[i, j] = table[i][j] / n;
            }
            if (shares.Expected >= 1) return Obstacle.NoVariation;
            return shares;
        }

        private double Agreed(int i) => P[i, i];
    }
}
