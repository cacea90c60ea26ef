//! Sorting that is small in WebAssembly: the standard library's weighs some 4 kB for each type that it sorts.

use std::cmp::Ordering;

/// OPTIMIZATION: lists are this short nearly always, and then need no room.
const SHORT: usize = 20;

/// Sorts by `order`; what is equal stays in its order.
pub fn sort_by<T>(values: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    if values.len() <= SHORT {
        for end in 1..values.len() {
            for at in (1..=end).rev() {
                if !matches!(values.get(at - 1..=at), Some([one, other]) if order(one, other) == Ordering::Greater) {
                    break;
                }
                values.swap(at - 1, at);
            }
        }
        return;
    }
    let mut values_by_place: Vec<Option<T>> = values.drain(..).map(Some).collect();
    let mut places: Vec<u32> = (0..).take(values_by_place.len()).collect();
    let value = |place: u32| values_by_place.get(place as usize).and_then(Option::as_ref);
    sort_places(&mut places, &|one, other| match (value(one), value(other)) {
        (Some(one), Some(other)) => order(one, other),
        _ => Ordering::Equal,
    });
    values.extend(places.into_iter().filter_map(|place| values_by_place.get_mut(place as usize)?.take()));
}

/// The one sort that is compiled.
fn sort_places(places: &mut [u32], order: &dyn Fn(u32, u32) -> Ordering) {
    places.sort_by(|one, other| order(*one, *other));
}

/// Sorts, as values do by themselves.
pub fn sort<T: Ord>(values: &mut Vec<T>) {
    sort_by(values, T::cmp);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_in_its_order() {
        let rows: &[&[(u8, u8)]] = &[&[], &[(1, 0)], &[(2, 0), (1, 1), (2, 2), (1, 3), (0, 4)], &[(3, 9); 30]];
        for row in rows {
            let (mut sorted, mut expected) = (row.to_vec(), row.to_vec());
            sort_by(&mut sorted, |one, other| one.0.cmp(&other.0));
            expected.sort_by_key(|pair| pair.0);
            assert_eq!(sorted, expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_is_sorted(values in proptest::collection::vec(proptest::prelude::any::<(u8, u8)>(), 0..60)) {
            let (mut sorted, mut expected) = (values.clone(), values);
            sort(&mut sorted);
            expected.sort();
            assert_eq!(sorted, expected);
        }
    }
}
