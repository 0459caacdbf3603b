//! Floats as text.

/// The shortest text that reads back, laid out as Python's `repr`, which `json` uses too: `1.0`, `1e-05`, `1e+16`.
pub fn python(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let shortest = format!("{value:e}");
    let Some((digits, exponent)) = shortest.split_once('e') else { return shortest };
    match exponent.parse::<i32>() {
        Ok(exponent @ -4..16) => {
            let text = format!("{value}");
            if exponent < 0 || text.contains('.') { text } else { format!("{text}.0") }
        }
        Ok(exponent) => format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs()),
        Err(_) => shortest,
    }
}

#[cfg(test)]
mod tests {
    use super::python;

    #[test]
    fn as_python_prints() {
        let cases = [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.5, "1.5"),
            (100.0, "100.0"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.25e-300, "1.25e-300"),
            (f64::INFINITY, "Infinity"),
        ];
        for (value, text) in cases {
            assert_eq!(python(value), text);
        }
    }
}
