using BetterConnections.Evaluation.Sampling;

namespace BetterConnections.Evaluation.Tests.Sampling;

public class ClusterDrawTests
{
    private static List<FrameFacility> Frame(int facilities, int strata) =>
        [.. Enumerable.Range(0, facilities).Select(i => new FrameFacility(new Guid(i, 0, 0, new byte[8]), $"F{i:0000}", $"Zone {i % strata}", 100 + i * 37 % 900, [(byte)i]))];

    [Theory]
    [InlineData(SampleMethod.ProportionalToSize)]
    [InlineData(SampleMethod.Simple)]
    public void The_order_in_which_the_frame_is_read_changes_nothing(SampleMethod method)
    {
        var frame = Frame(60, 4);
        var design = new SampleDesign(method, 20, 15, 42);

        var (forward, backward) = (ClusterDraw.Of(frame, design), ClusterDraw.Of(frame.AsEnumerable().Reverse(), design));

        Assert.Equal(forward.Facilities, backward.Facilities);
        Assert.Equal(ClusterDraw.FrameHash(frame), ClusterDraw.FrameHash(frame.AsEnumerable().Reverse()));
        Assert.Equal(20, forward.Facilities.Count(f => f.Members > 0));
    }

    [Theory]
    [InlineData(SampleMethod.ProportionalToSize)]
    [InlineData(SampleMethod.Simple)]
    public void Weights_of_the_drawn_add_up_to_the_frame_on_average(SampleMethod method)
    {
        var frame = Frame(60, 4);
        var total = frame.Sum(f => (double)f.Workers);

        var estimates = Enumerable.Range(0, 400).Select(seed => ClusterDraw.Of(frame, new(method, 20, 15, seed)).Facilities
            .Where(f => f.Members > 0).Sum(f => f.Facility.Workers / f.Probability!.Value)).ToList();

        Assert.InRange(estimates.Average() / total, 0.98, 1.02); // Horvitz–Thompson is unbiased
    }

    [Fact]
    public void A_worker_who_joins_is_another_frame()
    {
        var frame = Frame(5, 1);
        var joined = frame.Select((f, i) => i == 3 ? f with { Workers = f.Workers + 1, Sha256 = [99] } : f);
        Assert.NotEqual(ClusterDraw.FrameHash(frame), ClusterDraw.FrameHash(joined));
    }

    [Fact]
    public void Without_a_number_every_facility_is_taken_for_certain()
    {
        var draw = ClusterDraw.Of(Frame(7, 2), new(SampleMethod.ProportionalToSize, null, 20, 1));
        Assert.All(draw.Facilities, f => Assert.Equal((1d, 20), (f.Probability, f.Members)));
    }
}
