using Attractor.Differentiation;
using Attractor.Probability;

namespace Attractor.Tests.Probability.Transforms;

public sealed class TransformTests
{
    public static TheoryData<string> Names => [.. s_transforms.Keys];

    private static readonly Dictionary<string, (Transform Transform, double[] Value)> s_transforms = new()
    {
        ["real"] = (Transform.Real, [0.3, -2]),
        ["positive"] = (Transform.Positive, [0.3, 1e-20, 700]),
        ["interval"] = (Transform.Interval(-1, 3), [0.3, -0.999, 2.5]),
        ["simplex"] = (Transform.Simplex, [0.2, 0.1, 0.4, 0.3]),
        ["short rest of a simplex"] = (Transform.Simplex, [1 - 1e-13, 5e-14, 5e-14]),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Constraining_undoes_unconstraining(string name)
    {
        (Transform transform, double[] value) = s_transforms[name];
        double[] z = new double[transform.UnconstrainedSize(value.Length)];
        transform.Unconstrain(value, z);
        using Tape<double> tape = new();
        ReadOnlySpan<double> back = transform.Constrain(tape.Constant(new(1, z.Length), z)).Value.Value;
        for (int i = 0; i < value.Length; i++)
            Assert.Equal(value[i], back[i], 1e-13 * Math.Max(1, Math.Abs(value[i])));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_log_determinant_is_that_of_the_Jacobian(string name)
    {
        (Transform transform, double[] value) = s_transforms[name];
        int n = transform.UnconstrainedSize(value.Length);
        double[] z = new double[n], jacobian = new double[n * n];
        for (int i = 0; i < n; i++)
            z[i] = 0.4 - (0.7 * i);
        // Of a simplex the first numbers stand for all.
        for (int i = 0; i < n; i++)
        {
            double[] direction = new double[n];
            direction[i] = 1;
            double[] column = Gradient.JacobianVectorProduct((_, x) => transform.Constrain(x).Value, new(1, n), z, direction);
            for (int j = 0; j < n; j++)
                jacobian[(j * n) + i] = column[j];
        }
        double determinant = MathNet.Numerics.LinearAlgebra.Double.Matrix.Build.Dense(n, n, jacobian).Determinant();
        using Tape<double> tape = new();
        Assert.Equal(Math.Log(Math.Abs(determinant)), transform.Constrain(tape.Constant(new(1, n), z)).LogDeterminant.Scalar, 1e-12);
    }

    [Fact]
    public void Zero_is_the_middle_of_a_simplex()
    {
        using Tape<double> tape = new();
        ReadOnlySpan<double> middle = Transform.Simplex.Constrain(tape.Constant(new(1, 3), [0, 0, 0])).Value.Value;
        foreach (double x in middle)
            Assert.Equal(0.25, x, 1e-15);
    }

    [Fact]
    public void Values_outside_are_refused()
    {
        void Throws(string part, Transform transform, params double[] value)
            => Assert.Contains(
                part,
                Assert.Throws<ArgumentException>(() => transform.Unconstrain(value, new double[value.Length])).Message,
                StringComparison.Ordinal);
        Throws("above 0, found 0", Transform.Positive, 0);
        Throws("above 0, found NaN", Transform.Positive, double.NaN);
        Throws("between -1 and 3, found 3", Transform.Interval(-1, 3), 3);
        Throws("a finite number, found", Transform.Real, double.PositiveInfinity);
        Throws("that sum to 1, found ones that sum to 0.9", Transform.Simplex, 0.4, 0.5);
        Assert.Throws<ArgumentException>(() => Transform.Interval(3, 3));
    }
}
