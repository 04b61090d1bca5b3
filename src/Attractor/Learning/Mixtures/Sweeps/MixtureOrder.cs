using Attractor.Models;

namespace Attractor.Learning;

/// <summary>The order of components, which is arbitrary where their prior does not tell them apart.</summary>
internal static class MixtureOrder
{
    /// <summary>Puts those with most rows first, where the prior of the weights allows it.</summary>
    /// <returns>The counts in the new order.</returns>
    public static double[] ByCount(Mixture mixture, double[] counts)
    {
        if (mixture.Prior.Components is not null)
            return counts;
        int[] order = [.. Enumerable.Range(0, counts.Length).OrderByDescending(k => counts[k])];
        mixture.Reorder(order);
        return [.. order.Select(k => counts[k])];
    }
}
