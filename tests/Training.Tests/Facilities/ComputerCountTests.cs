using BetterConnections.Training.Facilities;

namespace BetterConnections.Training.Tests.Facilities;

public class ComputerCountTests
{
    private static readonly Guid Facility = Guid.NewGuid();
    private static readonly DateTimeOffset Day = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    private static ComputerFact Delivered(int day, int count) => new(Facility, ComputerFactKind.Delivered, "", Day.AddDays(day), count, count);
    private static ComputerFact Reported(int day, int count, int expected = 10) => new(Facility, ComputerFactKind.Reported, "", Day.AddDays(day), count, expected);
    private static ComputerFact Named(int day, string barcode) => new(Facility, ComputerFactKind.NamedInReport, barcode, Day.AddDays(day));
    private static ComputerFact Failed(int day, string barcode) => new(Facility, ComputerFactKind.Failed, barcode, Day.AddDays(day));
    private static ComputerFact Replaced(int day, string barcode) => new(Facility, ComputerFactKind.Replaced, barcode, Day.AddDays(day));

    public static TheoryData<string, int, ComputerFact[]> Histories => new()
    {
        { "nothing was delivered", 0, [Failed(1, "A")] },
        { "delivered", 10, [Delivered(0, 10)] },
        { "one failed", 9, [Delivered(0, 10), Failed(1, "A")] },
        { "one failed and was told twice", 9, [Delivered(0, 10), Failed(1, "A"), Failed(2, "A")] },
        { "one failed and was exchanged", 10, [Delivered(0, 10), Failed(1, "A"), Replaced(2, "A")] },
        { "an old one was exchanged while another was broken", 9, [Delivered(0, 10), Failed(1, "A"), Replaced(2, "B")] },
        { "a report counts anew", 7, [Delivered(0, 10), Failed(1, "A"), Reported(2, 7)] },
        { "a failure before the report is in its count", 8, [Delivered(0, 10), Reported(2, 8), Failed(1, "A")] },
        { "a failure that the report itself led to is in its count", 8, [Delivered(0, 10), Reported(2, 8), Named(2, "A"), Failed(3, "A")] },
        { "what the report named was exchanged", 9, [Delivered(0, 10), Reported(2, 8), Named(2, "A"), Replaced(4, "A")] },
        { "mended on the spot, reported, and broken again", 9, [Delivered(0, 10), Failed(1, "A"), Reported(2, 10), Failed(3, "A")] },
        { "more than stand there are not believed", 10, [Delivered(0, 10), Reported(2, 12)] },
        { "nor are more than were delivered, whatever the report expects", 10, [Delivered(0, 10), Reported(2, 30, expected: 40)] },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void Working_computers_are_the_latest_count_and_what_happened_since_in_whatever_order_it_was_heard(string history, int working, ComputerFact[] facts)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var heard = facts.ToArray();
            new Random(seed).Shuffle(heard);
            Assert.True(working == ComputerCount.Of(heard), $"{history}: {ComputerCount.Of(heard)} in order {seed}");
        }
    }
}
