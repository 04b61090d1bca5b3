using System.Numerics;
using Attractor.Learning;
using Attractor.Models;
using Attractor.Tests.Learning;
using MathNet.Numerics.LinearAlgebra;

namespace Attractor.Tests.Models.Recurrent;

[Trait("Registers", "Any")]
public sealed class PlrnnTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(21)]
    public void A_step_is_the_published_equation(int latent)
    {
        RecurrentModel model = BpttGradientTests.Model("plrnn", 1, latent, 0, 3);
        double[] z = RecurrentModelTests.State(latent), next = new double[latent], kept = [.. z];
        model.Step(z, next);

        ReadOnlySpan<double> a = model.Parameters["A"], w = model.Parameters["W"], h = model.Parameters["h"];
        for (int i = 0; i < latent; i++)
        {
            double expected = (a[i] * z[i]) + h[i];
            for (int j = 0; j < latent; j++)
                expected += w[(i * latent) + j] * Math.Max(0, z[j]);
            Assert.Equal(expected, next[i], 1e-14);
        }
        Assert.Equal(kept, z);
        model.Step(z, z);
        Assert.Equal(next, z);
    }

    [Fact]
    public void It_is_the_shallow_network_whose_hidden_units_are_its_own()
    {
        RecurrentModel model = BpttGradientTests.Model("plrnn", 2, 9, 0, 3);
        ShallowPlrnn shallow = new(2, 9, 9);
        shallow.Parameters.Set("A", model.Parameters["A"]);
        shallow.Parameters.Set("W1", model.Parameters["W"]);
        shallow.Parameters.Set("W2", Matrix<double>.Build.DenseIdentity(9).ToRowMajorArray());
        shallow.Parameters.Set("h1", model.Parameters["h"]);
        shallow.Parameters.Set("h2", new double[9]);
        double[] z = RecurrentModelTests.State(9), jacobian = new double[81], expected = new double[81];
        for (int t = 0; t < 20; t++)
        {
            model.Jacobian(z, jacobian);
            shallow.Jacobian(z, expected);
            Assert.All(expected.Zip(jacobian), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
            double[] next = new double[9];
            shallow.Step(z, next);
            model.Step(z, z);
            Assert.All(next.Zip(z), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        }
    }

    [Fact]
    public void Initial_A_and_W_make_a_positive_definite_matrix_of_norm_1()
    {
        Plrnn model = new(3, 25, seed: 1);
        Assert.All(model.Parameters["h"].ToArray(), h => Assert.Equal(0, h));
        Assert.Equal(25 + 625 + 25 + (22 * 3), model.Parameters.Count);
        double[] w = model.Parameters["W"].ToArray(), a = model.Parameters["A"].ToArray();
        Assert.All(Enumerable.Range(0, 25), i => Assert.Equal(0, w[i * 26]));
        double[] eigenvalues = [.. (Matrix<double>.Build.DenseOfRowMajor(25, 25, w) + Matrix<double>.Build.DenseOfDiagonalArray(a))
            .Evd().EigenValues
            .Select(e => e.Real)
            .Order()];
        Assert.Equal(1, eigenvalues[^1], 1e-12);
        // R'R / M is positive semidefinite with its largest eigenvalue near 4; the identity lifts the smallest to a fifth of the whole.
        Assert.InRange(eigenvalues[0], 0.15, 0.3);
        // The same draw as that of the shallow network's diagonal.
        Assert.Equal(new ShallowPlrnn(3, 25, 10, seed: 1).Parameters["A"].ToArray(), a);
    }

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Training_leaves_the_diagonal_of_W_at_zero(Precision precision)
    {
        Plrnn model = new(2, 9, seed: 1);
        double[] before = model.Parameters["W"].ToArray();
        Training.Fit(model, TrainingTests.Data(), new() { Updates = 50, SequenceLength = 20, Precision = precision, L2 = 1e-3 });
        double[] after = model.Parameters["W"].ToArray();
        for (int i = 0; i < 81; i++)
            Assert.Equal(i % 10 == 0, after[i] == before[i]);
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(0, after[i * 10]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(70)]
    public void On_its_region_the_map_is_affine_with_the_Jacobian_as_its_matrix(int latent)
    {
        Plrnn map = new(2, latent, seed: 5);
        double[] z = RecurrentModelTests.State(latent), values = new double[latent], next = new double[latent];
        double[] jacobian = new double[latent * latent],
            matrix = [.. Enumerable.Repeat(double.NaN, latent * latent)], offset = [.. Enumerable.Repeat(double.NaN, latent)];
        Assert.Equal(latent, map.Boundaries);
        map.BoundaryValues(z, values);
        ulong[] region = new ulong[(latent + 63) / 64];
        for (int i = 0; i < latent; i++)
            if (values[i] > 0)
                region[i / 64] |= 1UL << (i % 64);
        Assert.InRange(region.Sum(BitOperations.PopCount), 1, latent - 1);

        map.AffineMap(region, matrix, offset);
        map.Jacobian(z, jacobian);
        map.Step(z, next);
        Assert.Equal(jacobian, matrix);
        for (int i = 0; i < latent; i++)
            Assert.Equal(next[i], offset[i] + Enumerable.Range(0, latent).Sum(j => matrix[(i * latent) + j] * z[j]), 1e-12);
    }
}
