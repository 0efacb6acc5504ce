using System.Collections;
using System.Reflection;

namespace BetterConnections.Statistics.Tests;

/// <summary>Looks into every number of a result.</summary>
internal static class Finite
{
    /// <summary>No NaN, no infinity, every p from 0 to 1, every interval the right way round.</summary>
    public static void Check(object? result)
    {
        switch (result)
        {
            case null or string or Enum or bool or int or long:
                break;
            case double number:
                Assert.True(double.IsFinite(number), $"{number}");
                break;
            case Interval interval:
                Assert.True(double.IsFinite(interval.Low) && double.IsFinite(interval.High) && interval.Low <= interval.High, $"{interval}");
                break;
            case IEnumerable many:
                foreach (var one in many) Check(one);
                break;
            default:
                Into(result);
                break;
        }
    }

    private static void Into(object result)
    {
        var type = result.GetType();
        Assert.Equal(typeof(Outcome<>).Assembly, type.Assembly);
        var isOutcome = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Outcome<>);
        if (isOutcome) Assert.NotEqual(Obstacle.NotComputed, type.GetProperty(nameof(Outcome<int>.Obstacle))!.GetValue(result));
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (isOutcome && property.Name != nameof(Outcome<int>.OrNull)) continue;
            var value = property.GetValue(result);
            Check(value);
            if (value is double p && property.Name.StartsWith('P') && property.Name is "P" or "PNormal" or "PCorrected" or "PExact")
                Assert.InRange((double?)value ?? 0, 0, 1);
        }
    }
}
