using BetterConnections.Inventory;
using BetterConnections.Inventory.Tests;
using BetterConnections.Testing;

[assembly: AssemblyFixture(typeof(InventoryApp))]

namespace BetterConnections.Inventory.Tests;

/// <summary>The Inventory service that the suite shares.</summary>
public class InventoryApp() : ServiceUnderTest<Program, InventoryDb>("inventorydb");

/// <summary>One of its own, for a class that counts the whole stock.</summary>
public sealed class FreshInventoryApp : InventoryApp;
