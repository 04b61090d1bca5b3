namespace Attractor.Learning;

/// <summary>What an optimiser works on: the parameters, which it changes, and their gradient.</summary>
/// <param name="parameters">The parameters, on whole blocks of lanes.</param>
/// <param name="gradient">Their gradient, likewise.</param>
/// <param name="count">How many there are; zeros pad them to whole blocks.</param>
internal readonly unsafe struct Descent<T>(T* parameters, T* gradient, long count)
    where T : unmanaged
{
    public readonly T* Parameters = parameters, Gradient = gradient;

    public readonly long Count = count;
}
