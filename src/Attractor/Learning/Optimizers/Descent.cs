namespace Attractor.Learning;

/// <summary>What an optimiser works on: the parameters, which it changes, and their gradient.</summary>
internal readonly unsafe struct Descent<T>(T* parameters, T* gradient)
    where T : unmanaged
{
    public readonly T* Parameters = parameters, Gradient = gradient;
}
