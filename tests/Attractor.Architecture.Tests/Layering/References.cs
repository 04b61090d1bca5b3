using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Attractor.Architecture.Tests.Layering;

/// <summary>The types that a type refers to, in its declarations and in the bodies of its methods.</summary>
internal static class References
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opcodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>The types, none of which stands in another.</summary>
    public static HashSet<Type> Of(Type type)
    {
        HashSet<Type> found = [];
        Add(found, type.BaseType);
        foreach (Type implemented in type.GetInterfaces())
            Add(found, implemented);
        foreach (Type parameter in type.GetGenericArguments())
            Add(found, parameter.GetGenericParameterConstraints());
        Add(found, type.GetCustomAttributesData());
        foreach (FieldInfo field in type.GetFields(Declared))
        {
            Add(found, field.FieldType);
            Add(found, field.GetCustomAttributesData());
        }
        foreach (MethodBase method in type.GetMethods(Declared).AsEnumerable<MethodBase>().Concat(type.GetConstructors(Declared)))
            Add(found, method);
        return found;
    }

    private static void Add(HashSet<Type> found, MethodBase method)
    {
        Add(found, (method as MethodInfo)?.ReturnType);
        Add(found, [.. method.GetParameters().Select(p => p.ParameterType)]);
        Add(found, method.GetCustomAttributesData());
        if (method.IsGenericMethod)
            foreach (Type parameter in method.GetGenericArguments())
                Add(found, parameter.GetGenericParameterConstraints());
        if (method.GetMethodBody() is not { } body)
            return;
        Add(found, [.. body.LocalVariables.Select(v => v.LocalType)]);
        Add(
            found,
            [.. body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType!)]);
        foreach (int token in Tokens(body.GetILAsByteArray()!))
            switch (method.Module.ResolveMember(
                token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null))
            {
                case Type named:
                    Add(found, named);
                    break;
                case MethodBase called:
                    Add(found, called.DeclaringType);
                    Add(found, [.. called.GetParameters().Select(p => p.ParameterType)]);
                    Add(found, (called as MethodInfo)?.ReturnType);
                    if (called.IsGenericMethod)
                        Add(found, called.GetGenericArguments());
                    break;
                case FieldInfo field:
                    Add(found, field.DeclaringType);
                    Add(found, field.FieldType);
                    break;
            }
    }

    // Of the members that the instructions name.
    private static IEnumerable<int> Tokens(byte[] instructions)
    {
        for (int i = 0; i < instructions.Length;)
        {
            short value = instructions[i++];
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | instructions[i++]));
            OperandType operand = s_opcodes[value].OperandType;
            int argument = operand is OperandType.InlineNone or OperandType.ShortInlineVar or OperandType.ShortInlineI
                or OperandType.ShortInlineBrTarget or OperandType.InlineVar
                ? 0 : BinaryPrimitives.ReadInt32LittleEndian(instructions.AsSpan(i));
            if (operand is OperandType.InlineTok or OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField)
                yield return argument;
            i += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineVar or OperandType.ShortInlineI or OperandType.ShortInlineBrTarget => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * argument),
                _ => 4,
            };
        }
    }

    private static void Add(HashSet<Type> found, IList<CustomAttributeData> attributes)
    {
        foreach (CustomAttributeData attribute in attributes)
        {
            Add(found, attribute.AttributeType);
            foreach (CustomAttributeTypedArgument argument in attribute.ConstructorArguments)
                Add(found, argument.Value as Type);
        }
    }

    private static void Add(HashSet<Type> found, Type[] types)
    {
        foreach (Type type in types)
            Add(found, type);
    }

    private static void Add(HashSet<Type> found, Type? type)
    {
        while (type is { HasElementType: true })
            type = type.GetElementType();
        if (type is null || type.IsGenericParameter || type.IsFunctionPointer)
            return;
        if (type.IsGenericType)
            Add(found, type.GetGenericArguments());
        while (type.DeclaringType is { } outer)
            type = outer;
        found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }
}
