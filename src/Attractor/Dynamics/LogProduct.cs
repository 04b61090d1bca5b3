namespace Attractor.Dynamics;

/// <summary>The logarithm of a long product of positive numbers: one logarithm for many factors, without overflow.</summary>
internal struct LogProduct
{
    private const double Large = 1e100, Small = 1e-100;

    private double _sum, _product;

    public static LogProduct One => new() { _product = 1 };

    public void Multiply(double factor)
    {
        if (factor is > Small and < Large)
            _product *= factor;
        else
            _sum += Math.Log(factor);
        if (_product is < Small or > Large)
            Flush();
    }

    public double Logarithm()
    {
        Flush();
        return _sum;
    }

    private void Flush()
    {
        _sum += Math.Log(_product);
        _product = 1;
    }
}
