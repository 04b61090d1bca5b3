using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Attractor.Architecture.Tests.PublicApi;

/// <summary>
/// Every public or protected type and member of an assembly, sorted, a line each; what the compiler adds to records is left out.
/// </summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext s_nullability = new();

    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string line in Members(type).Distinct().Order(StringComparer.Ordinal))
                text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static string Header(Type type)
    {
        string name = $"{type.Namespace}.{Name(type)}{Constraints(type.GetGenericArguments())}";
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {Returned(invoke)} {name}({Parameters(invoke)})";
        }
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        string modifiers = type.IsEnum || type.IsInterface ? ""
            : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "")
            : type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        IEnumerable<Type> bases = type.IsEnum
            ? []
            : type.GetInterfaces().Where(i => i.IsVisible).OrderBy(i => i.FullName, StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
            bases = bases.Prepend(parent);
        string list = string.Join(", ", bases.Select(Name));
        return $"{modifiers}{kind} {name}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (object value in Enum.GetValuesAsUnderlyingType(type))
                yield return $"{Enum.GetName(type, value)} = {Convert.ToString(value, CultureInfo.InvariantCulture)}";
            yield break;
        }
        if (type.IsSubclassOf(typeof(Delegate)))
            yield break;
        foreach (FieldInfo field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
        {
            string modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            yield return $"{(field.IsPublic ? "" : "protected ")}{modifiers}{Annotated(field.FieldType, s_nullability.Create(field))} "
                + $"{field.Name}{(field.IsLiteral ? " = " + Literal(field.GetRawConstantValue(), field.FieldType) : "")}";
        }
        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(c => Visible(c) && !c.IsStatic))
            yield return $"{Access(constructor)}new({Parameters(constructor)})";
        foreach (PropertyInfo property in type.GetProperties(Declared).Where(
            p => p.GetAccessors(nonPublic: true).Any(Visible) && p.Name != "EqualityContract"))
            yield return Property(property);
        foreach (EventInfo happening in type.GetEvents(Declared).Where(e => Visible(e.AddMethod!)))
            yield return $"event {Name(happening.EventHandlerType!)} {happening.Name}";
        foreach (MethodInfo method in type.GetMethods(Declared).Where(m => Visible(m) && !Compiled(m)))
        {
            Type[] generic = method.GetGenericArguments();
            yield return $"{Access(method)}{Modifiers(method)}{Returned(method)} {method.Name}{Arguments(generic)}"
                + $"({Parameters(method)}){Constraints(generic)}";
        }
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo any = property.GetAccessors(nonPublic: true).First(Visible);
        string accessors = string.Concat(
            new[] { (property.GetMethod, Word: "get"), (property.SetMethod, Word: Initialises(property) ? "init" : "set") }
                .Where(a => a.Item1 is not null && Visible(a.Item1))
                .Select(a => $"{(Visible(any) && Access(a.Item1!) != Access(any) ? Access(a.Item1!) : "")}{a.Word}; "));
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(any)}{required}{Modifiers(any)}{Annotated(property.PropertyType, s_nullability.Create(property))} {name} {{ "
            + $"{accessors}}}";
    }

    // What a record has beside what is written; accessors and events are printed as what they belong to.
    private static bool Compiled(MethodInfo method)
        => (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
            || method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool Initialises(PropertyInfo property)
        => property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) is true;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
            return method.IsStatic ? (method.IsAbstract ? "static abstract " : "static ") : method.IsAbstract ? "" : "virtual ";
        if (method.IsStatic)
            return "static ";
        bool overrides = method.GetBaseDefinition().DeclaringType != method.DeclaringType;
        return method.IsAbstract ? (overrides ? "abstract override " : "abstract ")
            : overrides ? (method.IsFinal ? "sealed override " : "override ")
            : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
    }

    private static string Returned(MethodInfo method)
        => (method.ReturnType.IsByRef && method.ReturnParameter
            .GetRequiredCustomModifiers()
            .Any(m => m.Name == "InAttribute") ? "ref readonly " : method.ReturnType.IsByRef ? "ref " : "")
            + Annotated(method.ReturnType, s_nullability.Create(method.ReturnParameter));

    private static string Parameters(MethodBase method)
        => (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string how = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : !parameter.ParameterType.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{how}{Annotated(parameter.ParameterType, s_nullability.Create(parameter))} {parameter.Name}{value}";
    }

    private static string Annotated(Type type, NullabilityInfo nullability)
    {
        if (type.IsByRef)
            type = type.GetElementType()!;
        string mark = nullability.ReadState == NullabilityState.Nullable && Nullable.GetUnderlyingType(type) is null ? "?" : "";
        if (type.IsArray && nullability.ElementType is { } element)
            return $"{Annotated(type.GetElementType()!, element)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        if (type.IsGenericType && !type.IsNested && Nullable.GetUnderlyingType(type) is null
            && nullability.GenericTypeArguments.Length == type.GetGenericArguments().Length)
        {
            IEnumerable<string> arguments = type.GetGenericArguments().Zip(nullability.GenericTypeArguments, Annotated);
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", arguments)}>{mark}";
        }
        return Name(type) + mark;
    }

    private static string Name(Type type)
    {
        if (s_keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer)
            return Name(type.GetElementType()!) + "*";
        if (type.IsGenericParameter)
            return type.Name;
        Type[] arguments = type.GetGenericArguments();
        string outer = "";
        if (type.DeclaringType is { } declaring)
        {
            int inherited = declaring.GetGenericArguments().Length;
            outer = Name(inherited > 0 ? declaring.MakeGenericType(arguments[..inherited]) : declaring) + ".";
            arguments = arguments[inherited..];
        }
        return outer + type.Name.Split('`')[0] + Arguments(arguments);
    }

    private static string Arguments(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";

    private static string Constraints(Type[] arguments)
    {
        StringBuilder text = new();
        foreach (Type argument in arguments.Where(a => a.IsGenericParameter))
        {
            GenericParameterAttributes special = argument.GenericParameterAttributes;
            bool value = special.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            List<string> all = [];
            if (argument.GetCustomAttributesData().Any(a => a.AttributeType.Name == "IsUnmanagedAttribute"))
                all.Add("unmanaged");
            else if (value)
                all.Add("struct");
            if (special.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                all.Add("class");
            all.AddRange(
                argument.GetGenericParameterConstraints().Where(c => c != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal));
            if (special.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !value)
                all.Add("new()");
            if (special.HasFlag(GenericParameterAttributes.AllowByRefLike))
                all.Add("allows ref struct");
            if (all.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $" where {argument.Name} : {string.Join(", ", all)}");
        }
        return text.ToString();
    }

    private static string Literal(object? value, Type type) => value switch
    {
        null => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string words => $"\"{words}\"",
        char letter => $"'{letter}'",
        bool truth => truth ? "true" : "false",
        _ when (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } kind => $"{kind.Name}.{Enum.ToObject(kind, value)}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
