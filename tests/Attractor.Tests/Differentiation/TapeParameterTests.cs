using Attractor.Differentiation;

namespace Attractor.Tests.Differentiation;

/// <summary>Parameters that lie outside of the tape.</summary>
[Trait("Registers", "Any")]
public sealed unsafe class TapeParameterTests
{
    private readonly double[] _values = [1, -2, 3, 0.5, 4, -1];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gradient_is_replaced_or_added_to_by_every_pass(bool replace)
    {
        double[] gradient = [10, 10, 10, 10, 10, 10];
        using Tape<double> tape = new(threads: 1);
        fixed (double* values = _values, g = gradient)
        {
            Variable<double> w = tape.Parameter(new(2, 3), values, g, replace), loss = w.Square().Sum();
            for (int pass = 1; pass <= 3; pass++)
            {
                tape.Backward(loss);
                Assert.Equal([.. _values.Select(v => (2 * v * (replace ? 1 : pass)) + (replace ? 0 : 10))], gradient);
            }
        }
    }

    [Fact]
    public void A_replaced_gradient_is_zero_where_nothing_flows()
    {
        double[] gradient = [.. _values.Select(_ => double.NaN)];
        using Tape<double> tape = new(threads: 1);
        fixed (double* values = _values, g = gradient)
        {
            Variable<double> w = tape.Parameter(new(2, 3), values, g, replace: true), other = tape.Variable(new(1, 1), [3]);
            tape.Backward(other.Square());
            Assert.All(gradient, v => Assert.Equal(0, v));
            tape.Backward(w.SliceColumns(1, 1).Sum());
            Assert.Equal([0.0, 1, 0, 0, 1, 0], gradient);
            Assert.Equal([0.0, 1, 0, 0, 1, 0], w.Gradient.ToArray());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Operations_that_share_a_parameter_add_their_gradients(bool replace)
    {
        double[] gradient = new double[6], x = [0.3, -1, 2, 1, 1, -0.5], bias = [0.1, -0.2], biasGradient = [replace ? double.NaN : 0, 0];
        using Tape<double> tape = new(threads: 1);
        fixed (double* values = _values, g = gradient, b = bias, gb = biasGradient)
        {
            if (replace)
                Array.Fill(gradient, double.NaN);
            Variable<double> w = tape.Parameter(new(2, 3), values, g, replace), offset = tape.Parameter(new(1, 2), b, gb, replace);
            Variable<double> one = tape.Constant(new(1, 3), x.AsSpan(0, 3)), two = tape.Constant(new(1, 3), x.AsSpan(3, 3));
            // Products, which write a gradient in one go, and an operation element by element.
            tape.Backward(one.Affine(w, offset).Sum() + (2 * two.Affine(w, offset).Sum()) + w.Square().Sum());
            for (int i = 0; i < 6; i++)
                Assert.Equal(x[i % 3] + (2 * x[3 + (i % 3)]) + (2 * _values[i]), gradient[i], 1e-14);
            Assert.Equal([3.0, 3], biasGradient);
        }
    }

    [Fact]
    public void Without_a_gradient_a_parameter_is_a_constant_that_is_not_copied()
    {
        double[] own = [.. _values];
        using Tape<double> tape = new(threads: 1);
        fixed (double* values = own)
        {
            Variable<double> w = tape.Parameter(new(2, 3), values, null, replace: true), x = tape.Variable(new(1, 1), [2]);
            own[0] = 7;
            tape.Backward((w * x).Sum());
            Assert.Equal(own.Sum(), x.Gradient[0]);
            Assert.Throws<InvalidOperationException>(() => w.Gradient.Length);
        }
    }

    [Fact]
    public unsafe void Weights_whose_gradient_is_formed_later_leave_its_factors_and_refuse_other_operations()
    {
        using Tape<double> tape = new(threads: 1);
        double[] weights = [1, 2, 3, 4, 5, 6], gradient = new double[6];
        fixed (double* w = weights, g = gradient)
        {
            Variable<double> x = tape.Constant(new(2, 3), [1, 0, 2, -1, 3, 1]), bias = tape.Variable(new(1, 2), [0, 0]);
            Variable<double> parameter = tape.Parameter(new(2, 3), w, g, replace: true, deferral: 5);
            tape.Backward(x.Affine(parameter, bias).Square().Sum());
            Assert.Single(tape.Deferred);
            Assert.Equal(4, tape.Deferred[0].Parameter);
            Assert.Equal(2, tape.Deferred[0].Rows);
            Assert.Equal([1, 0, 2, -1, 3, 1], new Span<double>(tape.Deferred[0].Inputs, 6).ToArray());
            Assert.Equal([14, 32, 16, 34], new Span<double>(tape.Deferred[0].Gradient, 4).ToArray());
            Assert.Equal(new double[6], gradient);
            Variable<double> sum = parameter.Square().Sum();
            Assert.Throws<InvalidOperationException>(() => tape.Backward(sum));
        }
    }
}
