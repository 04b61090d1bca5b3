using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Attractor.Models;
using Attractor.Numerics;

namespace Attractor.Tests.Models.Recurrent;

/// <summary>The kernel of few latent units beside the one of any number: another order of the same sums.</summary>
[Trait("Registers", "Any")]
public sealed unsafe class FusedShallowPlrnnKernelTests
{
    private const int Steps = 7;

    public static TheoryData<int, int, bool> Networks() => new()
    {
        { 1, 1, false }, { 1, 6, true }, { 2, 5, false }, { 2, 2, true },
        { 3, 10, false }, { 3, 7, true }, { 4, 9, false }, { 4, 12, true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void It_is_the_general_kernel(int latent, int hidden, bool clipped)
    {
        foreach ((double fused, double general) in Pass<Lanes512<double>, double>(latent, hidden, clipped, fused: true)
            .Zip(Pass<Lanes512<double>, double>(latent, hidden, clipped, fused: false)))
            Assert.Equal(general, fused, 1e-13 * Math.Max(1, Math.Abs(general)));
        foreach ((float fused, float general) in Pass<Lanes512<float>, float>(latent, hidden, clipped, fused: true)
            .Zip(Pass<Lanes512<float>, float>(latent, hidden, clipped, fused: false)))
            Assert.Equal(general, fused, 2e-5 * Math.Max(1, Math.Abs(general)));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Its_bits_are_those_of_any_registers(int latent, int hidden, bool clipped)
    {
        Assert.SkipUnless(Fma.IsSupported || AdvSimd.IsSupported, "Without fused multiply-adds each width rounds in its own way.");
        double[] wide = Pass<Lanes512<double>, double>(latent, hidden, clipped, fused: true);
        Assert.Equal(wide, Pass<Lanes256<double>, double>(latent, hidden, clipped, fused: true));
        float[] bits = Pass<Lanes512<float>, float>(latent, hidden, clipped, fused: true);
        Assert.Equal(bits, Pass<Lanes256<float>, float>(latent, hidden, clipped, fused: true));
        Assert.Equal(bits, Pass<Lanes128<float>, float>(latent, hidden, clipped, fused: true));
    }

    // States, gradients of the states and of the parameters over some steps, the weight gradients in two blocks.
    private static T[] Pass<S, T>(int latent, int hidden, bool clipped, bool fused)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ShallowPlrnnLayout layout = new(1, latent, hidden);
        using RecurrentKernel<T> kernel = fused
            ? clipped ? Fused<S, T, ClippedUnit>(layout) : Fused<S, T, RectifiedUnit>(layout)
            : clipped ? new ShallowPlrnnKernel<S, T, ClippedUnit>(layout) : new ShallowPlrnnKernel<S, T, RectifiedUnit>(layout);
        Assert.Equal(fused ? 0 : hidden, kernel.TapeRows);
        int lanes = sizeof(S) / sizeof(T), state = latent * lanes, kept = hidden * lanes;
        int parameters = (2 * latent * hidden) + (2 * latent) + hidden;
        using AlignedBuffer<T> theta = new(parameters), gradient = new(parameters);
        using AlignedBuffer<T> states = new((Steps + 1) * state), gradients = new((Steps + 1) * state);
        using AlignedBuffer<T> tapes = new(Steps * kept), adjoints = new(Steps * kept);
        RandomStream random = new(3, "kernel");
        foreach (ref T value in theta.Span)
            value = T.CreateChecked(0.4 * random.NextNormal());
        foreach (ref T value in states.Span[..state])
            value = T.CreateChecked(random.NextNormal());
        foreach (ref T value in gradients.Span[(Steps * state)..])
            value = T.CreateChecked(random.NextNormal());
        kernel.Load(theta.Pointer);
        for (int t = 0; t < Steps; t++)
            kernel.Forward(states.Pointer + (t * state), tapes.Pointer + (t * kept), states.Pointer + ((t + 1) * state));
        for (int t = Steps - 1; t >= 0; t--)
            kernel.Backward(
                states.Pointer + (t * state),
                tapes.Pointer + (t * kept),
                gradients.Pointer + ((t + 1) * state),
                adjoints.Pointer + (t * kept),
                gradients.Pointer + (t * state));
        foreach ((int first, int count) in new[] { (3, Steps - 3), (0, 3) })
            kernel.AccumulateGradient(
                states.Pointer + (first * state),
                tapes.Pointer + (first * kept),
                gradients.Pointer + ((first + 1) * state),
                adjoints.Pointer + (first * kept),
                count);
        kernel.StoreGradient(gradient.Pointer);
        return [.. states.Span, .. gradients.Span, .. gradient.Span];
    }

    private static RecurrentKernel<T> Fused<S, T, TUnit>(ShallowPlrnnLayout layout)
        where S : unmanaged, ILanes<S, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TUnit : struct, IHiddenUnit
        => layout.Latent switch
        {
            1 => new FusedShallowPlrnnKernel<S, T, TUnit, N1>(layout),
            2 => new FusedShallowPlrnnKernel<S, T, TUnit, N2>(layout),
            3 => new FusedShallowPlrnnKernel<S, T, TUnit, N3>(layout),
            _ => new FusedShallowPlrnnKernel<S, T, TUnit, N4>(layout),
        };
}
