using BetterConnections.Inventory.Devices;

namespace BetterConnections.Inventory.Stock;

/// <summary>Where a device counts in the mass balance: received = in use + in stock + in work + recycled + lost.</summary>
public enum StockBucket { InUse, InStock, InWork, Recycled, Lost }

public static class StockBuckets
{
    private static readonly Dictionary<StockBucket, DeviceState[]> States = new()
    {
        [StockBucket.InUse] = [DeviceState.Deployed],
        // Set aside and on its way is still the programme's stock: nobody learns on it yet.
        [StockBucket.InStock] = [DeviceState.InStock, DeviceState.Reserved, DeviceState.InTransit],
        [StockBucket.InWork] =
        [
            DeviceState.Received, DeviceState.Triaged, DeviceState.Wiped, DeviceState.Refurbished, DeviceState.Licensed,
            DeviceState.Faulty, DeviceState.InRepair, DeviceState.Returned, DeviceState.Retired, // retired waits for the recycler
        ],
        [StockBucket.Recycled] = [DeviceState.Recycled],
        [StockBucket.Lost] = [DeviceState.Lost],
    };

    public static IReadOnlyList<DeviceState> StatesOf(StockBucket bucket) => States[bucket];

    public static StockBucket BucketOf(DeviceState state) => States.Single(b => b.Value.Contains(state)).Key;
}
