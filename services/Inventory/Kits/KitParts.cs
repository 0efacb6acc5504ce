namespace BetterConnections.Inventory.Kits;

/// <summary>So many computers and so many modems: what a kit wants, what stock has, what is missing.</summary>
public readonly record struct KitParts(int Computers, int Modems)
{
    public bool None => this == default;

    public bool Covers(KitParts wanted) => Computers >= wanted.Computers && Modems >= wanted.Modems;

    /// <summary>What is left when <paramref name="wanted"/> is taken as far as it goes; never below zero.</summary>
    public KitParts Without(KitParts wanted) => new(Math.Max(0, Computers - wanted.Computers), Math.Max(0, Modems - wanted.Modems));

    public static KitParts operator +(KitParts a, KitParts b) => new(a.Computers + b.Computers, a.Modems + b.Modems);
    public static KitParts operator -(KitParts a, KitParts b) => new(a.Computers - b.Computers, a.Modems - b.Modems);
}
