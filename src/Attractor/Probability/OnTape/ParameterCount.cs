namespace Attractor.Probability;

/// <summary>Whether there are as many parameters as a distribution has.</summary>
internal static class ParameterCount
{
    public static void Require<TDistribution>(int found)
        where TDistribution : struct, IDistribution<TDistribution>
    {
        IReadOnlyList<Parameter> parameters = TDistribution.Parameters;
        if (found != parameters.Count)
            throw new ArgumentException(
                $"The parameters of {typeof(TDistribution).Name} are {string.Join(", ", parameters.Select(p => p.Name))}, that is "
                + $"{parameters.Count}; found {found}.");
    }
}
