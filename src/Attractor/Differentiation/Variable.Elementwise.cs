namespace Attractor.Differentiation;

public readonly unsafe partial struct Variable<T>
{
    /// <summary>a + b.</summary>
    public static Variable<T> operator +(Variable<T> a, Variable<T> b) => Combine<Add>(a, b);

    /// <summary>a - b.</summary>
    public static Variable<T> operator -(Variable<T> a, Variable<T> b) => Combine<Subtract>(a, b);

    /// <summary>a b, element by element; for the product of matrices see <see cref="Product"/>.</summary>
    public static Variable<T> operator *(Variable<T> a, Variable<T> b) => Combine<Multiply>(a, b);

    /// <summary>a / b, element by element.</summary>
    public static Variable<T> operator /(Variable<T> a, Variable<T> b) => Combine<Divide>(a, b);

    /// <summary>a + b.</summary>
    public static Variable<T> operator +(Variable<T> a, double b) => a.Map<Offset>(b);

    /// <summary>a + b.</summary>
    public static Variable<T> operator +(double a, Variable<T> b) => b.Map<Offset>(a);

    /// <summary>a - b.</summary>
    public static Variable<T> operator -(Variable<T> a, double b) => a.Map<Offset>(-b);

    /// <summary>a - b.</summary>
    public static Variable<T> operator -(double a, Variable<T> b) => (-b).Map<Offset>(a);

    /// <summary>a b.</summary>
    public static Variable<T> operator *(Variable<T> a, double b) => a.Map<Scale>(b);

    /// <summary>a b.</summary>
    public static Variable<T> operator *(double a, Variable<T> b) => b.Map<Scale>(a);

    /// <summary>a / b.</summary>
    public static Variable<T> operator /(Variable<T> a, double b) => a.Map<Scale>(1 / b);

    /// <summary>a / b.</summary>
    public static Variable<T> operator /(double a, Variable<T> b) => b.Reciprocal().Map<Scale>(a);

    /// <summary>-a.</summary>
    public static Variable<T> operator -(Variable<T> a) => a.Map<Scale>(-1);

    /// <summary>The larger of a and b.</summary>
    public static Variable<T> Maximum(Variable<T> a, Variable<T> b) => Combine<Maximum>(a, b);

    /// <summary>The smaller of a and b.</summary>
    public static Variable<T> Minimum(Variable<T> a, Variable<T> b) => Combine<Minimum>(a, b);

    /// <summary>e^x.</summary>
    public Variable<T> Exp() => Map<Exponential>();

    /// <summary>log x.</summary>
    public Variable<T> Log() => Map<NaturalLogarithm>();

    /// <summary>The square root of x.</summary>
    public Variable<T> Sqrt() => Map<SquareRoot>();

    /// <summary>x^2.</summary>
    public Variable<T> Square() => Map<Square>();

    /// <summary>1 / x.</summary>
    public Variable<T> Reciprocal() => Map<Reciprocal>();

    /// <summary>|x|; the derivative at 0 is taken as 0.</summary>
    public Variable<T> Abs() => Map<Absolute>();

    /// <summary>tanh x.</summary>
    public Variable<T> Tanh() => Map<Tanh>();

    /// <summary>1 / (1 + e^-x).</summary>
    public Variable<T> Sigmoid() => Map<Sigmoid>();

    /// <summary>log(1 + e^x), accurate in both tails.</summary>
    public Variable<T> Softplus() => Map<Softplus>();

    /// <summary>log of <see cref="Sigmoid"/>, -log(1 + e^-x), accurate in both tails.</summary>
    public Variable<T> LogSigmoid() => Map<LogSigmoid>();

    /// <summary>max(x, 0); the derivative at 0 is taken as 0.</summary>
    public Variable<T> Relu() => Map<LeakyRelu>(0);

    /// <summary>x above 0, <paramref name="slope"/> x below; the derivative at 0 is taken as the slope.</summary>
    public Variable<T> LeakyRelu(double slope) => Map<LeakyRelu>(slope);

    /// <summary>x^<paramref name="exponent"/>; one by one, at the speed of <see cref="Math.Pow"/>.</summary>
    public Variable<T> Power(double exponent) => MapOneByOne<Power>(exponent);

    /// <summary>sin x; one by one, at the speed of <see cref="Math.Sin"/>.</summary>
    public Variable<T> Sin() => MapOneByOne<Sine>();

    /// <summary>cos x; one by one, at the speed of <see cref="Math.Cos"/>.</summary>
    public Variable<T> Cos() => MapOneByOne<Cosine>();

    /// <summary>
    /// log p(x | logit l) = x l - log(1 + e^l) of each of these logits, from the logits themselves so that nothing overflows or is lost.
    /// Values between 0 and 1 are allowed, but then it is no likelihood.
    /// </summary>
    /// <param name="values">x.</param>
    public Variable<T> BernoulliLogLikelihood(Variable<T> values) => Combine<BernoulliLogLikelihood>(this, values);

    private Variable<T> Map<F>(double setting = 0)
        where F : struct, IUnaryFunction
        => Tape.Record(ElementwiseOperations<T>.Unary<F>(), Shape, setting, 0, [], this);

    private Variable<T> MapOneByOne<F>(double setting = 0)
        where F : struct, IScalarFunction
        => Tape.Record(ElementwiseOperations<T>.Scalar<F>(), Shape, setting, 0, [], this);

    private static Variable<T> Combine<F>(Variable<T> a, Variable<T> b)
        where F : struct, IBinaryFunction
        => a.Tape.Record(ElementwiseOperations<T>.Binary<F>(), Shape.Broadcast(a.Shape, b.Shape), 0, 0, [], a, b);
}
